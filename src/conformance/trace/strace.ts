/** The commands that run others under strace. Without strace, what it would show is skipped, with the reason. */
import { spawnSync } from "node:child_process";
import type { User } from "../sandbox/user.ts";

/** With a question mark, strace ignores a call that this architecture does not have. */
const TRACED = [
  "execve",
  "execveat",
  "open",
  "openat",
  "openat2",
  "read",
  "pread64",
  "readv",
  "preadv",
  "preadv2",
  "sendfile",
  "copy_file_range",
  "splice",
  "io_uring_setup",
  "io_uring_enter",
  "mmap",
  "dup",
  "dup2",
  "dup3",
  "fcntl",
  "close",
  "prctl",
  "write",
  "writev",
  "pwrite64",
  "sendto",
  "sendmsg",
  "recvmsg",
  "clone",
  "clone3",
  "fork",
  "vfork",
].map((name) => `?${name}`);

/** The command that traces what follows it, into the file. */
export function tracing(log: string): string[] {
  return strace(log, TRACED);
}

/**
 * The command that makes a call fail, or be late, in what follows it.
 *
 * @param fault As strace's `inject=` takes it: `error=ENOSYS`.
 * @param file Only calls on this file, by its name or a descriptor; undefined for all.
 */
export function injecting(log: string, call: string, fault: string, file?: string): string[] {
  const only = file === undefined ? [] : ["-P", file];
  return [...strace(log, [call]), ...only, "-e", `inject=${call}:${fault}`];
}

function strace(log: string, calls: readonly string[]): string[] {
  const show = ["-y", "-qq", "-X", "raw", "-v", "-xx", "-s", "1024", "-e", "signal=none"];
  return ["strace", "-f", "--seccomp-bpf", ...show, "-e", `trace=${calls.join(",")}`, "-o", log];
}

/** Why nothing can be traced here; undefined if all is well. */
export function whyNoTracing(user: User | undefined): string | undefined {
  // Tried with all that is asked of it later.
  const [command = "", ...args] = [...tracing("/dev/null"), "-e", "inject=execveat:delay_enter=1", "true"];
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: "/",
    timeout: 10_000,
    killSignal: "SIGKILL",
    ...(user ?? {}),
  });
  if (status === 0) return undefined;
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT")
    return "strace is not installed: on Debian, apt-get install strace";
  return `strace does not work here: ${(error?.message ?? stderr).trim().split("\n", 1)[0]}`;
}
