import { spawn } from "node:child_process";
import { type User, unprivileged } from "./users.ts";

export interface RunOptions {
  /** Default: whoever runs the tests. */
  readonly user?: User;
  /** Written to standard input, which is then a socket; without it, standard input is /dev/null. */
  readonly input?: string | Uint8Array;
  /** A descriptor of this process that becomes standard input. */
  readonly stdin?: number;
  /** Descriptors of this process that the command gets as its own 3, 4 and so on. */
  readonly extra?: readonly number[];
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: `/`, which every user can reach. */
  readonly cwd?: string;
}

export interface Outcome {
  readonly pid: number;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The bytes of standard output. */
  readonly bytes: Buffer;
}

/** Runs a command to its end. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [command, ...args] = argv;
  const stdin = options.input !== undefined ? "pipe" : (options.stdin ?? "ignore");
  const child = spawn(command as string, args, {
    ...options.user?.identity,
    cwd: options.cwd ?? "/",
    env: { ...process.env, ...options.env },
    stdio: [stdin, "pipe", "pipe", ...(options.extra ?? [])],
  });
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (status, signal) => {
      const bytes = Buffer.concat(out);
      const stderr = Buffer.concat(err).toString();
      resolve({ pid: child.pid as number, status, signal, stdout: bytes.toString(), stderr, bytes });
    });
    // A command that reads nothing may close its end early.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input);
  });
}

/**
 * The command with a real pipe as its standard input, through which `input` comes: what Node itself gives a child is a
 * socket. To be used with {@link RunOptions.input}.
 */
export function behindPipe(argv: readonly string[]): string[] {
  return ["sh", "-c", 'cat | "$@"', "sh", ...argv];
}

/** Runs a script of bash with its arguments as `$1` and so on: for bytes, traps and closed streams. */
export function shell(
  script: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Outcome> {
  return run(["bash", "-c", script, "bash", ...args], options);
}

/** Is this program there, and does it start? */
export async function starts(argv: readonly string[], user: User = unprivileged): Promise<boolean> {
  try {
    return (await run(argv, { user })).status === 0;
  } catch {
    return false;
  }
}
