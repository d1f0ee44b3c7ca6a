/** Starts one command in one mode, and sees it to its end: whatever it does, it ends, and nothing of it is left. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import type { JudgeKernel, Mode } from "../exec-check/exec-check.ts";
import { securebitsOfMode } from "../exec-check/exec-check.ts";

/** A user to run as; undefined for whoever runs the kit. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface Launch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The first is standard input: a descriptor, a socket to write to, or nothing. */
  readonly stdin: number | "socket" | "ignore";
  /** Descriptors that the child gets as its own 3, 4 and so on. */
  readonly extra?: readonly number[];
  /** Descriptors of a terminal for standard output and error, which are then not captured here. */
  readonly terminal?: number;
  readonly user?: User | undefined;
  readonly mode: Mode;
  readonly timeoutMs: number;
}

export interface Outcome {
  readonly status: number | null;
  readonly signal: string | null;
  /** It had not ended by itself when its time was over. */
  readonly hung: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** It could not be started. */
  readonly notStarted?: string;
}

/** A stream's first bytes are kept; the rest is read and forgotten, so that no child blocks or fills the memory. */
const KEPT_BYTES = 256 * 1024;

/** What is left of a group gets this long after its first process has ended, to say what it has to say. */
const STRAGGLERS_MS = 200;

const running = new Set<ChildProcess>();

/** Kills all that was started and has not ended. */
export function killAll(): void {
  for (const child of running) killGroup(child);
}

/**
 * Starts a command and waits for its end.
 *
 * @param begun Called with the child as soon as it is there.
 */
export function launch(
  kernel: JudgeKernel,
  what: Launch,
  begun: (child: ChildProcess) => void = () => {},
): Promise<Outcome> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawnInMode(kernel, what);
    running.add(child);
    const [stdout, stderr] = [capture(child.stdout), capture(child.stderr)];
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      killGroup(child);
    }, what.timeoutMs);
    let stragglers: NodeJS.Timeout | undefined;
    const end = (rest: Pick<Outcome, "status" | "signal"> & { notStarted?: string }) => {
      clearTimeout(timer);
      clearTimeout(stragglers);
      if (child.pid !== undefined) killGroup(child);
      running.delete(child);
      const ms = performance.now() - start;
      resolve({ ...rest, hung, stdout: stdout.text(), stderr: stderr.text(), ms });
    };
    child.on("error", (error) => {
      if (child.pid === undefined) end({ status: null, signal: null, notStarted: error.message });
    });
    child.on("exit", () => {
      stragglers = setTimeout(() => killGroup(child), STRAGGLERS_MS);
    });
    child.on("close", (status, signal) => end({ status, signal }));
    child.stdin?.on("error", () => {});
    if (child.pid !== undefined) begun(child);
  });
}

/** Bits are inherited from the thread that forks, which is this one: they are set for the time of the fork alone. */
function spawnInMode(kernel: JudgeKernel, what: Launch): ChildProcess {
  const [command, ...args] = what.argv as [string, ...string[]];
  const stdin = what.stdin === "socket" ? "pipe" : what.stdin;
  const out = what.terminal ?? "pipe";
  const stdio: StdioOptions = [stdin, out, out, ...(what.extra ?? [])];
  const before = kernel.getSecurebits();
  const bits = before | securebitsOfMode(what.mode);
  if (bits !== before) kernel.setSecurebits(bits);
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
    if (bits !== before) kernel.setSecurebits(before);
  }
}

function capture(stream: NodeJS.ReadableStream | null): { text: () => string } {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on("data", (chunk: Buffer) => {
    if (size < KEPT_BYTES) chunks.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
  });
  stream?.on("error", () => {});
  return { text: () => Buffer.concat(chunks).toString() };
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), "SIGKILL");
  } catch {
    // It has no group yet, or nothing is left of it.
    child.kill("SIGKILL");
  }
}
