/** `--reproduce`: builds one case, leaves it, and says how to see it with set-exec. */
import { readSync } from "node:fs";
import { join } from "node:path";
import { retryOnEagain } from "../linux/retry-on-eagain.ts";
import type { Message } from "../program/message.ts";
import { print, say } from "../program/output.ts";
import type { Entry } from "./adapter/adapter.ts";
import { stageAttempt } from "./attempt/make-attempt.ts";
import { type ShownAttempt, showAttempt } from "./attempt/show-attempt.ts";
import type { RunCommand } from "./command-line.ts";
import * as messages from "./messages.ts";
import type { Plan } from "./plan.ts";
import { settingFor } from "./proofs/setting-for.ts";
import { type Aim, aimOf } from "./requirements/aim.ts";
import { modeObeyed } from "./requirements/always.ts";
import type { Level } from "./requirements/expectations.ts";
import { remedyOf } from "./requirements/remedies.ts";
import { type ProvedBy, provedBy } from "./requirements/requirement.ts";
import { REQUIREMENTS } from "./requirements/requirements.ts";
import { quietly } from "./sandbox/quietly.ts";
import { openWorkplace } from "./sandbox/workplace.ts";
import { setExecCommand } from "./sandbox/wraps/own-programs.ts";
import { CANNOT_RUN_HERE, WRONG_USAGE } from "./status.ts";

/** Builds the case; gives the exit status. A case that needs this process is held until a line is typed. */
export async function reproduce(
  { timeoutMs }: RunCommand,
  { subjects, user }: Plan,
  which: string,
): Promise<number> {
  const [subject, another] = subjects;
  if (subject === undefined || another !== undefined) return say(2, messages.REPRODUCE_ONE, WRONG_USAGE);
  const chosen = chooseCase(which, (kind) => subject.adapter.channels[kind] ?? []);
  if ("complaint" in chosen) return say(2, chosen.complaint, WRONG_USAGE);
  const workplace = await openWorkplace(user).catch((error: Error) => error);
  if (workplace instanceof Error) return say(2, messages.nowhereToWork(workplace), CANNOT_RUN_HERE);
  if ("unfit" in workplace) return say(2, messages.noWorkplace(workplace), CANNOT_RUN_HERE);
  const setting = await settingFor({ workplace, ...subject }, timeoutMs);
  const { requirement, entry } = chosen;
  const { channel, mode } = requirement.proof;
  const attempt = { way: channel, entry, locked: channel.locked, mode };
  const missing = await stageAttempt(
    setting,
    attempt,
    async (ready) => {
      const shown = showAttempt(setting, attempt, ready, setExecCommand(ready.stage.home));
      print(1, textOf(chosen, shown, modeObeyed(mode, subject.always), aimOf(requirement, subject.always)));
      if (shown.isHeld) waitForLine();
      return undefined;
    },
    "keep",
  );
  if (missing === undefined) return 0;
  workplace.close();
  return say(2, messages.cannotGoOn(missing.missing), CANNOT_RUN_HERE);
}

interface Chosen {
  readonly requirement: ProvedBy<"channel">;
  readonly entry: Entry;
}

/** @param which An id, and behind a colon the name of an entry, with its kind before it or without. */
function chooseCase(
  which: string,
  entriesOf: (kind: ProvedBy<"channel">["proof"]["channel"]["kind"]) => readonly Entry[],
): Chosen | { complaint: Message } {
  const at = which.indexOf(":");
  const [id, name] = at === -1 ? [which, undefined] : [which.slice(0, at), which.slice(at + 1)];
  if (!REQUIREMENTS.some((each) => each.id === id)) return { complaint: messages.noSuchId(id) };
  const requirement = provedBy("channel", REQUIREMENTS).find((each) => each.id === id);
  if (requirement === undefined) return { complaint: messages.needsTracer(id) };
  const { kind, form } = requirement.proof.channel;
  const entries = entriesOf(kind).filter(
    (each) => form !== "again-through-noexec" || each.again !== undefined,
  );
  const entry = entries.find(
    (each) => name === undefined || name === each.name || name === `${kind}/${each.name}`,
  );
  if (entry !== undefined) return { requirement, entry };
  return {
    complaint: messages.noSuchEntry(
      id,
      entries.map((each) => each.name),
    ),
  };
}

/** Comments and lines: the whole of it can be pasted. */
function textOf(
  { requirement, entry }: Chosen,
  { lines, folder, isHeld, marker, beside, typed }: ShownAttempt,
  obeyed: number,
  aim: Aim,
): string {
  const { id, sentence, proof } = requirement;
  const remedy = remedyOf(requirement, () => false);
  const declared = obeyed === proof.mode ? "" : ` As declared, this build obeys mode ${obeyed}.`;
  const watch = watchFor(requirement.level, aim, marker, beside);
  return [
    `# ${id}, ${proof.channel.kind}/${entry.name}: ${sentence}${declared}`,
    ...lines,
    ...(typed === undefined
      ? []
      : [
          "# Type at the prompt:",
          ...typed
            .trimEnd()
            .split("\n")
            .map((line) => `#   ${line}`),
        ]),
    `# ${watch}`,
    `# If not, likely: ${remedy.cause}; see ${remedy.see}.`,
    ...(isHeld
      ? ["# This process holds what the case needs: paste in another terminal, then type Enter here."]
      : []),
    `# What was built is left: rm -r ${join(folder, "../..")}`,
    "",
  ].join("\n");
}

function watchFor(level: Level, aim: Aim, marker: string, beside: string | undefined): string {
  if (level === "CHOICE") return `Whether it runs is left open: ${marker} appears, or not.`;
  if (aim === "run") return `It holds if ${marker} appears.`;
  const passed = beside === undefined ? "" : `, or ${beside} appears, which what it comes with prints`;
  return `It holds if ${marker} does not appear, and the status is not 0${passed}.`;
}

function waitForLine(): void {
  const byte = Buffer.alloc(1);
  // The end of input, and an input that cannot be read, are as good as a line.
  while ((quietly(() => retryOnEagain(() => readSync(0, byte))) ?? 0) === 1 && byte[0] !== 10);
}
