/**
 * Processes that left the group in which they were started: daemons. Where their parents end, they become children of
 * the kit (see adoptOrphans), and a word in their environment says which attempt they come from.
 */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { reap } from "../../linux/scene-calls.ts";
import { descendants, quietly } from "./processes.ts";

const NAME = "EXEC_CONFORMANCE_ATTEMPT";

/** Killing meets processes that are just being made, so one looks again; who makes them faster than this is not stopped. */
const ROUNDS = 20;

/** The children that Node started, and waits for itself. */
const lookedAfter = new Set<string>();

/** To be told of every child that Node starts. */
export function lookAfter(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const pid = String(child.pid);
  lookedAfter.add(pid);
  child.once("exit", () => lookedAfter.delete(pid));
}

/** What to add to the environment of an attempt. */
export function marked(attempt: string): Readonly<Record<string, string>> {
  return { [NAME]: attempt };
}

/** Kills all that an attempt has left; without one, all that is left of any. */
export function killStrays(attempt?: string): void {
  for (let round = 0; round < ROUNDS; round++) {
    const strays = descendants("self").filter((pid) => !lookedAfter.has(pid) && isOf(pid, attempt));
    let killed = 0;
    for (const pid of strays) {
      if (isDead(pid)) reap(Number(pid));
      else if (quietly(() => process.kill(Number(pid), "SIGKILL"))) killed++;
    }
    if (killed === 0) return;
  }
}

function isOf(pid: string, attempt: string | undefined): boolean {
  if (attempt === undefined || isDead(pid)) return true;
  const environment = quietly(() => readFileSync(`/proc/${pid}/environ`, "latin1")) ?? "";
  return environment.split("\0").includes(`${NAME}=${attempt}`);
}

/** proc_pid_stat(5): the state stands after the name, which is in parentheses and may hold any character. */
function isDead(pid: string): boolean {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  return stat === undefined || /^ [ZX]/.test(stat.slice(stat.lastIndexOf(")") + 1));
}
