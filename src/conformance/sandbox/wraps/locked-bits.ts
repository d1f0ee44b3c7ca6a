/** set-exec before a command: it sets the bits of a mode, with their locks or without. */
import type { Mode } from "../../../exec-check/exec-check.ts";
import type { User } from "../user.ts";
import { failureOf, type Offer } from "./wrap.ts";

/** set-exec's options for a mode. */
const OPTIONS: Readonly<Record<Mode, readonly string[]>> = { 1: [], 2: ["-f"], 3: ["-i"], 4: ["-f", "-i"] };

/** The command that runs another in this mode; without locks, unless they are asked for. */
export function settingBits(setExec: readonly string[], mode: Mode, lock: "lock" | "no lock"): string[] {
  return [...setExec, ...(lock === "lock" ? [] : ["--no-lock"]), ...OPTIONS[mode], "--"];
}

/** Runs commands with the bits locked; tried as the user that it is for. */
export function lockedBits(setExec: readonly string[], user: User | undefined): Offer {
  const failure = failureOf(settingBits(setExec, 4, "lock"), user);
  if (failure !== undefined) return { missing: `the bits cannot be locked here: ${failure}` };
  return {
    setsBits: true,
    setsUser: false,
    wrap: (argv, mode) => [...settingBits(setExec, mode, "lock"), ...argv],
  };
}
