/** What is put before a command, so that it runs somewhere else or with other bits; and whether that works here. */
import { spawnSync } from "node:child_process";
import type { Mode } from "../../../exec-check/exec-check.ts";
import type { Missing } from "../missing.ts";
import type { User } from "../user.ts";

/** Puts something before a command. It is told the mode and the user for when it has to see to them itself. */
export type Wrap = (argv: readonly string[], mode: Mode, user: User | undefined) => string[];

/** What a wrap sees to itself: the kit then does not. */
export interface Wrapper {
  readonly wrap: Wrap;
  readonly setsBits: boolean;
  readonly setsUser: boolean;
}

/** A wrapper, or why there is none here. */
export type Offer = Wrapper | Missing;

/** Why what is put before a command does not work here; undefined if it does, and the command runs. */
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
