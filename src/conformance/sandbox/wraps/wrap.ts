/** What is put before a command, to run it in other surroundings; and whether that works here. */
import { spawnSync } from "node:child_process";
import type { Mode } from "../../../exec-check/exec-check.ts";
import type { Missing } from "../missing.ts";
import type { User } from "../user.ts";

/** Puts something before a command. The mode and the user are for a wrap that sets them itself. */
export type Wrap = (argv: readonly string[], mode: Mode, user: User | undefined) => string[];

/** A wrap, and what it sets itself: the kit then does not. */
export interface Wrapper {
  readonly wrap: Wrap;
  readonly setsBits: boolean;
  readonly setsUser: boolean;
}

/** A wrapper, or why there is none here. */
export type Offer = Wrapper | Missing;

/** Tries what is put before a command. Gives why it does not work here; undefined if it does. */
export function failureOf(before: readonly string[], user?: User): string | undefined {
  const [command = "", ...args] = [...before, "echo", "works"];
  const { stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: "/",
    timeout: 10_000,
    killSignal: "SIGKILL",
    ...user,
  });
  if (stdout === "works\n") return undefined;
  return error?.message ?? (stderr.trim() || `${command} ended without a word`);
}
