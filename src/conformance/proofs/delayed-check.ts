/** Does something while a check is under way. The tracer delays the check, so that this does not depend on luck. */
import { readFileSync } from "node:fs";
import { SYS_execveat, SYS_execveat_32 } from "../../linux/uapi.ts";
import { descendants, tasks } from "../sandbox/processes.ts";
import { quietly } from "../sandbox/quietly.ts";
import { injecting } from "../trace/strace.ts";

/** How long the check is delayed: long enough to exchange a link on any machine. */
const DELAY_US = 700_000;
const LOOK_MS = 4;

/** The command that delays every check that is made in what follows it. */
export function delayingChecks(log: string): string[] {
  return injecting(log, "execveat", `delay_enter=${DELAY_US}`);
}

/** Calls `act` once, as soon as a descendant of this process is checking. Gives what ends the watch. */
export function onceChecking(pid: number, act: () => void): () => void {
  const watch = setInterval(() => {
    if (!isChecking(pid)) return;
    clearInterval(watch);
    act();
  }, LOOK_MS);
  return () => clearInterval(watch);
}

/** Whether a descendant of this process is inside execveat: /proc/PID/syscall begins with the call's number (proc(5)). */
function isChecking(pid: number): boolean {
  const numbers = [SYS_execveat[process.arch], SYS_execveat_32[process.arch]].map((each) => `${each} `);
  return descendants(pid).some((each) =>
    tasks(each).some((task) => {
      const call = quietly(() => readFileSync(`/proc/${each}/task/${task}/syscall`, "utf8"));
      return numbers.some((number) => call?.startsWith(number));
    }),
  );
}
