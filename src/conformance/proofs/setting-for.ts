/** The setting of one interpreter's attempts. One that starts slowly is given more time than others. */
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import { makeTurns } from "../attempt/turns.ts";
import type { Way } from "../requirements/ways.ts";

type TimeLimit = Pick<Setting, "timeoutMs" | "startMs">;

/** The usual limit. */
const USUAL_MS = 10_000;
/** A case may take so many times what the shortest program takes: it may be traced, and have company. */
const TIMES = 10;
const LONGEST_MS = 600_000;
/** What has not ended by then has no time that others could be set from. */
const MEASURED_MS = 60_000;

/** The kinds that are likely to work, the likeliest first. */
const KINDS = ["script", "stdin", "option", "compiled", "shebang"] as const;

/**
 * Makes the setting. To set a time limit, an executable program is run once.
 *
 * @param asked The limit that --timeout asks for, which holds as it is; undefined where it was not given.
 */
export async function settingFor(
  subject: Omit<Setting, "timeoutMs" | "startMs" | "turns">,
  asked: number | undefined,
): Promise<Setting> {
  const setting = { ...subject, turns: makeTurns(), timeoutMs: asked ?? MEASURED_MS };
  return asked === undefined ? { ...setting, ...(await measured(setting)) } : setting;
}

async function measured(setting: Setting): Promise<TimeLimit> {
  for (const kind of KINDS) {
    const entry = setting.adapter.channels[kind]?.[0];
    if (entry === undefined) continue;
    const way: Way = { kind, form: "executable" };
    const seen = await makeAttempt(setting, { way, entry, mode: 1, once: true });
    return "missing" in seen || seen.ended.hung ? { timeoutMs: USUAL_MS } : limitFrom(seen.ended.ms);
  }
  return { timeoutMs: USUAL_MS };
}

/** @param startMs What a program of one line took. */
export function limitFrom(startMs: number): TimeLimit {
  const scaled = Math.ceil((startMs * TIMES) / 1000) * 1000;
  return scaled <= USUAL_MS ? { timeoutMs: USUAL_MS } : { timeoutMs: Math.min(scaled, LONGEST_MS), startMs };
}
