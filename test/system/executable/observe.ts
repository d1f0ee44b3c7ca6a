import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/files.ts";
import type { Den } from "./den.ts";

export interface Observation {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** True if it had to be ended. */
  readonly isHung: boolean;
  /** What an attacker could have gained; empty if nothing. */
  readonly gains: readonly string[];
}

export interface Attempt {
  readonly argv: readonly string[];
  readonly argv0?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Watched by strace. */
  readonly isTraced?: boolean;
  /** Ended when it has said this on standard error. */
  readonly enough?: RegExp;
}

/** In ms, a little less than a test may take: when a test is given up, what hangs would go on running. */
const HANG = 110_000;

/** Calls by which a process starts another, talks to somebody, or leaves something in a folder. */
const CALLS = [
  ...["execve", "execveat", "?fork", "?vfork", "clone", "clone3", "socket", "bind", "listen", "connect"],
  ...["?open", "openat", "?openat2", "?creat", "?mkdir", "mkdirat", "?mknod", "mknodat", "?link", "linkat"],
  ...["?symlink", "symlinkat", "?rename", "?renameat", "renameat2", "?unlink", "unlinkat", "truncate"],
];

/** Runs a command in a den's folder and gives what came of it. */
export async function observe(den: Den, attempt: Attempt): Promise<Observation> {
  const log = join(temporaryFolder(), "trace");
  const calls = `trace=${CALLS.join()}`;
  const strace = ["strace", "-f", "-qq", "-y", "-e", "signal=none", "-s", "4096", "-o", log, "-e", calls];
  const [command, ...args] = [...(attempt.isTraced ? strace : []), ...attempt.argv] as [string, ...string[]];
  const child = spawn(command, args, {
    cwd: den.folder,
    env: { PATH: process.env.PATH, HOME: den.at("home"), TMPDIR: den.at("tmp"), ...attempt.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    ...(attempt.argv0 !== undefined && { argv0: attempt.argv0 }),
  });
  // The whole group, because the traced process would outlive strace.
  let isHung = false;
  const end = () => {
    if (isHung || child.exitCode !== null || child.signalCode !== null) return;
    isHung = true;
    process.kill(-(child.pid as number), "SIGKILL");
  };
  const timer = setTimeout(end, HANG);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => {
    stderr += data;
    if (attempt.enough?.test(stderr)) end();
  });
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ending) => resolve(ending));
  });
  clearTimeout(timer);
  const gains = [
    ...(den.wasRun() ? ["code ran"] : []),
    ...(den.added().length > 0 ? [`a file was written: ${den.added()}`] : []),
    ...(/listening on/i.test(stderr) ? [`a port was opened: ${stderr}`] : []),
    ...(existsSync(log) ? gainsIn(readFileSync(log, "latin1")) : []),
  ];
  return { status, signal, stdout, stderr, isHung, gains };
}

/** Gains that the calls of all threads show. */
function gainsIn(log: string): string[] {
  // The first line is the command's own execve.
  const calls = log.split("\n").slice(1);
  return calls.filter((line) => {
    const call = /^\d+\s+(\w+)\((.*)/.exec(line);
    const [, name, args] = call ?? [];
    if (name === undefined || args === undefined) return false;
    // The check itself: a question, with flag AT_EXECVE_CHECK.
    if (name === "execveat") return !/0x11000|AT_EXECVE_CHECK|\|0x10000/.test(args);
    if (name === "clone" || name === "clone3") return !args.includes("CLONE_THREAD");
    if (name !== "openat" && name !== "open") return true;
    return /O_WRONLY|O_RDWR|O_CREAT/.test(args) && !/"\/dev\/(null|tty)"/.test(args);
  });
}
