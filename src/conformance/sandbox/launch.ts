/** Runs one command in one mode. Whatever it does, it is ended in time, and none of its processes is left. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { linuxKernel, type Mode, securebitsOfMode } from "../../exec-check/exec-check.ts";
import { setSecurebits } from "../../linux/process-calls.ts";
import { capture } from "./capture.ts";
import { quietly } from "./quietly.ts";
import { killStrays, lookAfter, variableOf } from "./strays.ts";
import type { User } from "./user.ts";

/** What is launched. */
export interface Launch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard input: a descriptor, a socket to write to, or /dev/null. */
  readonly stdin: number | "socket" | "ignore";
  /** Descriptors that the child gets as its own 3, 4 and so on. */
  readonly extra?: readonly number[];
  /** The descriptor of a terminal, for standard output and error, which are then not captured. */
  readonly terminal?: number;
  readonly user?: User | undefined;
  readonly mode: Mode;
  readonly timeoutMs: number;
  /** The log that a tracer writes. A command that makes it grow without end is stopped. */
  readonly log?: string | undefined;
}

/** How it ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  /** Whether it was stopped: its time was over, or it wrote too much. */
  readonly hung: boolean;
  /** Set where it was stopped because its time was over. */
  readonly isOutOfTime?: true;
  /** Set where it was stopped because the tracer's log had grown too large. */
  readonly isLogFull?: true;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** Why it could not be started. */
  readonly notStarted?: string;
}

/** A command with a larger log is stopped: logs are read as a whole. It is far more than an interpreter's start makes. */
const LOG_FLOOD_BYTES = 64 * 1024 * 1024;
const LOOK_AT_LOG_MS = 50;

/** When the first process has ended, the others of its group have this long to finish their output. */
const STRAGGLERS_MS = 200;

/** How long to wait for what was killed to be gone. What is not gone then is not ours to kill. */
const GONE_MS = 2000;

/** For each command that has not ended, what kills it. */
const running = new Set<() => void>();

/** Whether the run was stopped. */
let isOver = false;

/** Kills all that was started and has not ended. Nothing is started after that: a case may be about to try another mode. */
export function killAll(): void {
  isOver = true;
  for (const kill of running) kill();
}

/**
 * Starts a command and waits for its end.
 *
 * @param begun Called with the child as soon as it is there.
 */
export function launch(what: Launch, begun: (child: ChildProcess) => void = () => {}): Promise<Ended> {
  if (isOver)
    return Promise.resolve({ status: null, signal: "SIGKILL", hung: false, stdout: "", stderr: "", ms: 0 });
  const start = performance.now();
  const launchId = randomUUID();
  const child = spawnInMode({ ...what, env: { ...what.env, ...variableOf(launchId) } });
  lookAfter(child);
  const kill = () => {
    killGroup(child);
    killStrays(launchId);
  };
  return new Promise((resolve, reject) => {
    running.add(kill);
    let hung = false;
    let isLogFull = false;
    let isOutOfTime = false;
    let ended: Pick<Ended, "status" | "signal"> = { status: null, signal: null };
    const timers: NodeJS.Timeout[] = [];
    const stop = () => {
      if (hung) return;
      hung = true;
      kill();
      timers.push(setTimeout(giveUp, GONE_MS));
    };
    const [stdout, stderr] = [capture(child.stdout, stop), capture(child.stderr, stop)];
    const runOutOfTime = () => {
      isOutOfTime = !hung;
      stop();
    };
    timers.push(setTimeout(runOutOfTime, what.timeoutMs));
    const { log } = what;
    if (log !== undefined)
      timers.push(
        setInterval(() => {
          if ((quietly(() => statSync(log).size) ?? 0) <= LOG_FLOOD_BYTES) return;
          isLogFull = true;
          stop();
        }, LOOK_AT_LOG_MS),
      );
    const settle = () => {
      for (const timer of timers) clearTimeout(timer);
      if (child.pid !== undefined) kill();
      running.delete(kill);
    };
    const end = (rest: Partial<Ended> = {}) => {
      settle();
      const ms = performance.now() - start;
      const said = { stdout: stdout.text(), stderr: stderr.text() };
      const why = { ...(isLogFull ? { isLogFull } : {}), ...(isOutOfTime ? { isOutOfTime } : {}) };
      resolve({ ...ended, hung, ...why, ...said, ms, ...rest });
    };
    /** Stops waiting: a process that we may not kill holds the pipes open, or is the command itself. */
    const giveUp = () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      child.unref();
      end();
    };
    child.on("error", (error) => {
      if (child.pid === undefined) end({ notStarted: error.message });
    });
    child.on("exit", (status, signal) => {
      ended = { status, signal };
      timers.push(setTimeout(kill, STRAGGLERS_MS), setTimeout(giveUp, STRAGGLERS_MS + GONE_MS));
    });
    child.on("close", () => end());
    child.stdin?.on("error", () => {});
    try {
      if (child.pid !== undefined) begun(child);
    } catch (error) {
      settle();
      reject(error);
    }
  });
}

/** Starts the command. A child inherits the bits of the thread that forks, this one: they are set during the fork alone. */
function spawnInMode(what: Launch): ChildProcess {
  const [command, ...args] = what.argv as [string, ...string[]];
  const stdin = what.stdin === "socket" ? "pipe" : what.stdin;
  const out = what.terminal ?? "pipe";
  const stdio: StdioOptions = [stdin, out, out, ...(what.extra ?? [])];
  const before = linuxKernel.getSecurebits();
  const bits = before | securebitsOfMode(what.mode);
  if (bits !== before) setSecurebits(bits);
  try {
    return spawn(command, args, {
      cwd: what.cwd,
      env: what.env,
      stdio,
      // A group of its own, to be killed as one. On a terminal, setsid makes the group.
      detached: what.terminal === undefined,
      ...(what.user === undefined ? {} : { uid: what.user.uid, gid: what.user.gid }),
    });
  } finally {
    if (bits !== before) setSecurebits(before);
  }
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), "SIGKILL");
  } catch {
    // It has no group yet, or nothing is left of it.
    child.kill("SIGKILL");
  }
}
