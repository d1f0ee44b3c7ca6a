/**
 * Processes that left their group: daemons. When their parents end, they become children of the kit (see adoptOrphans);
 * a variable in their environment says which launch they come from.
 */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { reap } from "../../linux/scene-calls.ts";
import { sleep } from "../../linux/sleep.ts";
import { descendants } from "./processes.ts";
import { quietly } from "./quietly.ts";

const NAME = "EXEC_CONFORMANCE_LAUNCH";

/** How often to look again for processes that were made meanwhile. A program that makes them faster is not stopped. */
const ROUNDS = 20;

/** The children that Node started: it reaps them itself. */
const lookedAfter = new Set<string>();

/** To be called with every child that Node starts, so that it is not taken for a stray. */
export function lookAfter(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const pid = String(child.pid);
  lookedAfter.add(pid);
  child.once("exit", () => lookedAfter.delete(pid));
}

/** The variable that marks what a launch starts. */
export function variableOf(launchId: string): Readonly<Record<string, string>> {
  return { [NAME]: launchId };
}

/** Kills the strays of a launch; without an id, those of all. */
export function killStrays(launchId?: string): void {
  for (let round = 0; round < ROUNDS; round++) {
    const strays = descendants("self").filter((pid) => !lookedAfter.has(pid) && isOf(pid, launchId));
    let killed = 0;
    for (const pid of strays) {
      if (isDead(pid)) reap(Number(pid));
      else if (quietly(() => process.kill(Number(pid), "SIGKILL"))) killed++;
    }
    if (killed === 0) return;
    // On a busy machine, what was killed takes a while to be gone.
    sleep(round);
  }
}

function isOf(pid: string, launchId: string | undefined): boolean {
  if (launchId === undefined || isDead(pid)) return true;
  const environment = quietly(() => readFileSync(`/proc/${pid}/environ`, "latin1")) ?? "";
  return environment.split("\0").includes(`${NAME}=${launchId}`);
}

/** proc_pid_stat(5): the state stands after the name, which is in parentheses and may hold any character. */
function isDead(pid: string): boolean {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  return stat === undefined || /^ [ZX]/.test(stat.slice(stat.lastIndexOf(")") + 1));
}
