import { spawn, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The middle of some measurements: what a noisy machine distorts least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Measures two things in turn, A B A B …, so that a drift of the machine's speed meets both; gives their medians. */
export function inTurn(rounds: number, a: () => number, b: () => number): { a: number; b: number } {
  const found = Array.from({ length: rounds }, () => ({ a: a(), b: b() }));
  return { a: median(found.map((round) => round.a)), b: median(found.map((round) => round.b)) };
}

/** Measures any number of things in turn; gives what each round found of each. */
export function allInTurn(rounds: number, measures: readonly (() => number)[]): number[][] {
  const found: number[][] = measures.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, measure] of measures.entries()) (found[index] as number[]).push(measure());
  return found;
}

export type Argv = readonly [string, ...string[]];

/** Nothing that changes how an interpreter runs, as PYTHONUNBUFFERED would. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = { PATH: process.env.PATH };

/** How long a command takes from its start to its end, in milliseconds; what it prints is dropped. */
export function duration([command, ...args]: Argv): number {
  const begin = process.hrtime.bigint();
  const { status, signal } = spawnSync(command, args, { stdio: "ignore", env: ENVIRONMENT });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status ?? signal}`);
  return milliseconds;
}

const LOOK_MS = 5;

/** What a command prints, how long it takes, and the most memory, in bytes, that it was seen to hold. */
export async function watched([command, ...args]: Argv): Promise<{
  text: string;
  seconds: number;
  bytes: number;
}> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let [text, bytes] = ["", 0];
  child.stdout.on("data", (chunk) => (text += chunk));
  const watch = setInterval(() => (bytes = Math.max(bytes, peakOf(child.pid as number))), LOOK_MS);
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  clearInterval(watch);
  return { text, seconds: (performance.now() - start) / 1000, bytes };
}

/** The most memory that a running process has held so far (proc(5), VmHWM), in bytes; 0 when it is gone. */
export function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Puts an executable file somewhere; gives its path. */
export function executable(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

/**
 * A file just written lies in the page cache in larger pieces than one that was read, and more of it then counts as
 * memory of the process: 12 MB here. It is written out, dropped, and read anew.
 */
export function asAfterABoot(path: string): void {
  spawnSync("sync", [path]);
  spawnSync("dd", [`if=${path}`, "iflag=nocache", "count=0", "status=none"]);
}

/** Prints a figure beside its goal; gives whether it is met. */
export function goal(what: string, found: number, most: number): boolean {
  const missed = found > most || Number.isNaN(found);
  console.log(
    `  ${what.padEnd(34)}${found.toFixed(2).padStart(8)}    goal: at most ${most}${missed ? ", missed" : ""}`,
  );
  return !missed;
}
