/** Builds that enforce a bit whether or not the system sets it, and what the modes are to them. */
import type { Mode } from "../../exec-check/exec-check.ts";
import { MODES } from "./expectations.ts";

/** What a build can enforce always, each with its bit in the number of a mode less one. */
const BITS = { "restrict-file": 1, "deny-interactive": 2 } as const;

export type Enforced = keyof typeof BITS;

export const ENFORCED: readonly Enforced[] = ["restrict-file", "deny-interactive"];

/** The mode that such a build obeys where the system sets another: RESTRICT_FILE always makes 1 to 2 and 3 to 4. */
export function modeObeyed(mode: Mode, always: readonly Enforced[]): Mode {
  return (always.reduce((bits, each) => bits | BITS[each], mode - 1) + 1) as Mode;
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
