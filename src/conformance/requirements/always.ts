/** Builds that enforce a bit whether or not the system sets it, and what the modes are to them. */
import { type Mode, modeOf, securebitsOfMode } from "../../exec-check/exec-check.ts";
import { MODES } from "./expectations.ts";

/** What a build can enforce always, each with the mode that sets its bit alone. */
const ALONE = { "restrict-file": 2, "deny-interactive": 3 } as const satisfies Readonly<Record<string, Mode>>;

export type Enforced = keyof typeof ALONE;

export const ENFORCED: readonly Enforced[] = ["restrict-file", "deny-interactive"];

/** The mode that such a build obeys where the system sets another: RESTRICT_FILE always makes 1 to 2 and 3 to 4. */
export function modeObeyed(mode: Mode, always: readonly Enforced[]): Mode {
  return modeOf(always.reduce((bits, each) => bits | securebitsOfMode(ALONE[each]), securebitsOfMode(mode)));
}

/** Whether nothing that the system sets makes a difference. */
export function enforcesAll(always: readonly Enforced[]): boolean {
  return modeObeyed(1, always) === 4;
}

/** What the heading of a report says of a declared build; undefined of any other. */
export function declaration(always: readonly Enforced[], twin: string | undefined): string | undefined {
  if (always.length === 0) return undefined;
  const shifted = MODES.filter((mode) => modeObeyed(mode, always) !== mode);
  const modes = shifted.map((mode) => `mode ${mode} is judged as mode ${modeObeyed(mode, always)}`);
  const controls = twin === undefined ? "" : `; controls by ${twin}`;
  return `declared to enforce ${always.join(" and ")} always: ${modes.join(", ")}${controls}`;
}
