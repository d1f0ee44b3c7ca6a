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

/**
 * Tries what is put before a command, with the very options that it is put there with. Gives why it does not work here, in
 * one line; undefined if it does.
 *
 * @param stdin What is its standard input.
 */
export function failureOf(
  before: readonly string[],
  user?: User,
  stdin: number | "pipe" = "pipe",
): string | undefined {
  const [command = "", ...args] = [...before, "echo", "works"];
  const { stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: "/",
    timeout: 10_000,
    killSignal: "SIGKILL",
    stdio: [stdin, "pipe", "pipe"],
    ...user,
  });
  if (stdout === "works\n") return undefined;
  return error?.message ?? firstLine(stderr) ?? `${command} ended without a word`;
}

/** A helper that is asked for an option that it does not have may print its whole usage. */
export function firstLine(text: string): string | undefined {
  return text.trim().split("\n", 1)[0] || undefined;
}
