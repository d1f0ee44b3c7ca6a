/** The control of a case: an attempt that shows that it works where nothing forbids it. */
import type { Entry } from "../adapter/adapter.ts";
import type { Attempt, Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Attempted } from "../attempt/observation.ts";
import { howItEnded } from "../findings/judge-attempt.ts";
import { modeObeyed } from "../requirements/always.ts";
import type { Way } from "../requirements/ways.ts";

/**
 * Finds the control of a case: the same in mode 1. What a build refuses in every mode is tried with its twin, or else in
 * its executable form, which shows that the entry works.
 *
 * @param inMode1 The case in mode 1.
 */
export async function controlOf(
  setting: Setting,
  { way, entry, locked }: Pick<Attempt, "way" | "entry" | "locked">,
  inMode1: Attempted,
): Promise<Attempted> {
  if ("missing" in inMode1 || inMode1.ran || modeObeyed(1, setting.always) === 1) return inMode1;
  const { twin } = setting;
  const shared = { entry, ...(locked === undefined ? {} : { locked }), mode: 1 } as const;
  if (twin !== undefined)
    return makeAttempt({ ...setting, interpreter: twin, always: [], twin: undefined }, { ...shared, way });
  const executable = executableForm(way);
  if (executable === undefined)
    return { missing: "no control: this build refuses it in every mode, and no twin is named (--twin)" };
  const tried = await makeAttempt(setting, { ...shared, way: executable });
  return "missing" in tried || tried.ran
    ? tried
    : { missing: `no control: its executable form does not run in mode 1 either; ${howItEnded(tried)}` };
}

/** The same code as a file that the kernel would execute; undefined where that is another way to hand it over. */
export function executableForm(way: Way): Way | undefined {
  const { kind } = way;
  switch (way.form) {
    case "deleted-not-executable":
      return { kind: "script", form: "deleted-executable" };
    case "memfd-not-executable":
      return { kind: "script", form: "memfd-executable" };
    case "text":
    case "terminal":
    case "pipe":
    case "socket":
    case "fifo":
    case "dev-stdin-pipe":
    case "proc-fd-pipe":
    case "dev-fd-pipe":
    case "dev-stdin-terminal":
      return undefined;
    default:
      return kind === "terminal" || kind === "snippet" || kind === "environment"
        ? undefined
        : { kind, form: "executable" };
  }
}

/** Whether an entry is a prompt that a mode refuses: what belongs to it may run before that, or not at all. */
export function isPromptRefused(kind: Way["kind"], { prompt }: Entry, obeyed: number): boolean {
  return obeyed > 2 && kind === "startup" && prompt !== undefined;
}
