import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { makeFile, temporaryFolder } from "./files.ts";
import { type Outcome, type RunOptions, run } from "./run.ts";
import { skipWithReason } from "./skip.ts";

/** One system call of the command's first thread. */
export interface Call {
  readonly name: string;
  /** As strace prints them, with constants as numbers. */
  readonly args: string;
  readonly result: string;
}

export interface Trace extends Outcome {
  readonly calls: readonly Call[];
}

/**
 * Runs a command under strace.
 *
 * @param what The calls to trace, as strace's `-e trace=` takes them.
 * @param inject A fault, as strace's `-e inject=` takes it: `execveat:error=ENOSYS`.
 */
export async function trace(
  argv: readonly string[],
  what: readonly string[],
  options: RunOptions & { readonly inject?: string } = {},
): Promise<Trace> {
  // Made beforehand, because the user may not be allowed to make a file there.
  const log = makeFile(join(temporaryFolder(), "trace"), 0o666);
  const faults = options.inject === undefined ? [] : ["-e", `inject=${options.inject}`];
  // The first line is the command's own execve: it says which thread is the first one.
  const only = `trace=execve,${what.join(",")}`;
  const strace = ["strace", "-f", "-qq", "-X", "raw", "-v", "-s", "65535", "-o", log, "-e", only];
  const outcome = await run([...strace, ...faults, ...argv], options);
  return { ...outcome, calls: callsIn(readFileSync(log, "latin1")).slice(1) };
}

/** Skips a test where strace is missing, or may not trace. */
export async function needsStrace(context: TestContext, options: RunOptions = {}): Promise<void> {
  const answer = await run(["strace", "-o", "/dev/null", "true"], options).catch((error: Error) => ({
    status: undefined,
    stderr: error.message,
  }));
  if (answer.status !== 0) skipWithReason(context, `strace does not work here: ${answer.stderr.trim()}`);
}

/** The strings of an argument, as bytes in Latin-1: strace escapes what does not print. */
export function stringsIn(args: string): string[] {
  return [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted]) =>
    (quoted as string).replace(/\\([0-7]{1,3}|.)/g, (_, escaped: string) => {
      if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8));
      return CONTROLS[escaped] ?? escaped;
    }),
  );
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f" };

/** The lists of strings in the arguments of an execve or execveat: its argv, then its environment. */
export function listsIn(args: string): string[][] {
  return [...args.matchAll(/\[((?:"(?:[^"\\]|\\.)*"(?:, )?)*)\]/g)].map(([, list]) =>
    stringsIn(list as string),
  );
}

/** The calls of the first thread: the others are Node's own. A call that strace interrupted stands on two lines. */
function callsIn(log: string): Call[] {
  const lines = log.split("\n").map((line) => /^(\d+)\s+(.*)$/s.exec(line));
  const first = lines[0]?.[1];
  const calls: Call[] = [];
  let begun = "";
  for (const line of lines) {
    if (line === null || line[1] !== first) continue;
    const text = line[2] as string;
    if (text.endsWith("<unfinished ...>")) {
      begun = text.slice(0, -"<unfinished ...>".length);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(text);
    const whole = resumed === null ? text : begun + resumed[1];
    const call = /^(\w+)\((.*)\)\s+= (.*)$/s.exec(whole);
    if (call !== null)
      calls.push({ name: call[1] as string, args: call[2] as string, result: call[3] as string });
  }
  return calls;
}
