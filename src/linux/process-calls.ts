/** The calls of a program that changes its own process, such as a launcher: one function a call. */
import { basename } from "node:path";
import { checked, declared, libc } from "./libc.ts";
import { stringLayout } from "./string-block.ts";
import {
  AT_EXECFN,
  F_GETFL,
  F_SETFD,
  O_ACCMODE,
  PR_SET_NAME,
  PR_SET_SECUREBITS,
  RLIMIT_NOFILE,
  SIG_DFL,
  SIG_SETMASK,
  ST_NOEXEC,
} from "./uapi.ts";

/** Larger than the sigset_t of any libc. */
const SIGSET_BYTES = 128;

/** Larger than the struct statfs of any architecture; `f_type` is its first member, 64 bits wide on all named in uapi.ts. */
const STATFS_BYTES = 256;

/** Where `f_flags` begins in it. */
const STATFS_FLAGS = 80;

const prctl = declared("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)");
const prctlName = declared("int prctl(int option, const char *name, ulong arg3, ulong arg4, ulong arg5)");
const getauxval = declared<string>("const char *getauxval(ulong type)");
const fcntl = declared("int fcntl(int fd, int command, int argument)");
const fstatfs = declared("int fstatfs(int fd, void *answer)");
const signal = declared("void *signal(int number, intptr_t handler)");
const sigprocmask = declared("int sigprocmask(int how, void *set, void *old)");
const prlimit = declared("int prlimit(int pid, int resource, void *next, void *old)");
const execve = declared("int execvpe(ulong file, ulong argv, ulong envp)");
const [layOutArgv, layOutEnvironment] = [stringLayout(), stringLayout()];
const exitNow = declared<never>("void _exit(int status)");

/**
 * `prctl(PR_SET_SECUREBITS, bits)`, of the calling thread: call it on the main thread, or no child will have them.
 *
 * @throws {KernelError} EPERM for a locked bit, and for an unprivileged call that would change nothing.
 */
export function setSecurebits(bits: number): void {
  checked("prctl(PR_SET_SECUREBITS)", prctl(PR_SET_SECUREBITS, bits, 0, 0, 0));
}

/**
 * `prctl(PR_SET_NAME, basename(getauxval(AT_EXECFN)))`: gives the calling thread the name that execve gave it, by which
 * ps and pkill know the process: Node calls it MainThread.
 *
 * @throws {KernelError} When libc cannot be loaded.
 */
export function restoreName(): void {
  prctlName(PR_SET_NAME, basename(getauxval(AT_EXECFN)), 0, 0, 0);
}

/**
 * `fcntl(fd, F_SETFD, 0)`: lets the descriptor live on through an execve.
 *
 * @throws {KernelError} EBADF where it is not open.
 */
export function clearCloseOnExec(fd: number): void {
  checked("fcntl(F_SETFD)", fcntl(fd, F_SETFD, 0));
}

/**
 * `fcntl(fd, F_GETFL) & O_ACCMODE`: O_RDONLY, O_WRONLY or O_RDWR.
 *
 * @throws {KernelError} EBADF where it is not open.
 */
export function accessMode(fd: number): number {
  return checked("fcntl(F_GETFL)", fcntl(fd, F_GETFL, 0)) & O_ACCMODE;
}

/**
 * `fstatfs(fd)`: the magic number of the file system that the open file is on; see statfs(2).
 *
 * @throws {KernelError} EBADF where it is not open.
 */
export function fileSystemType(fd: number): number {
  return Number(statfsOf(fd).readBigInt64LE());
}

/**
 * `fstatfs(fd)`: whether the mount that the open file was reached through is noexec; see statfs(2).
 *
 * @throws {KernelError} EBADF where it is not open.
 */
export function isOnNoexecMount(fd: number): boolean {
  return (statfsOf(fd).readUInt32LE(STATFS_FLAGS) & ST_NOEXEC) !== 0;
}

function statfsOf(fd: number): Buffer {
  const answer = Buffer.alloc(STATFS_BYTES);
  checked("fstatfs", fstatfs(fd, answer));
  return answer;
}

/** `signal(number, SIG_DFL)`. */
export function setDefaultDisposition(number: number): void {
  signal(number, SIG_DFL);
}

/** `sigprocmask(SIG_SETMASK, {}, NULL)`: blocks no signal any longer. */
export function unblockSignals(): void {
  checked("sigprocmask", sigprocmask(SIG_SETMASK, Buffer.alloc(SIGSET_BYTES), null));
}

/** `prlimit(0, RLIMIT_NOFILE)`: how many descriptors there may be, soft and hard. */
export function getDescriptorLimit(): { soft: bigint; hard: bigint } {
  const limit = new BigUint64Array(2);
  checked("prlimit(RLIMIT_NOFILE)", prlimit(0, RLIMIT_NOFILE, null, limit));
  return { soft: limit[0] as bigint, hard: limit[1] as bigint };
}

/**
 * Sets the soft limit on descriptors and keeps the hard one.
 *
 * @throws {KernelError} EINVAL where it is above the hard one.
 */
export function setDescriptorLimit(soft: bigint): void {
  const { hard } = getDescriptorLimit();
  checked("prlimit(RLIMIT_NOFILE)", prlimit(0, RLIMIT_NOFILE, new BigUint64Array([soft, hard]), null));
}

/**
 * `execvpe(argv[0], argv, environment)`. Returns only on failure.
 *
 * @param argv At least one string, as bytes without a final NUL; so is the environment.
 * @param environment Default: libc's own.
 * @returns The errno.
 */
export function execvpe(argv: readonly Uint8Array[], environment?: readonly Uint8Array[]): number {
  if (argv.length === 0) throw new TypeError("argv must hold at least one string");
  const { first, address } = layOutArgv(argv);
  execve(
    first,
    address,
    environment === undefined ? libc().environ() : layOutEnvironment(environment).address,
  );
  return libc().errno();
}

/** `_exit(status)`: ends the process at once; what Node would still do then, such as writing profiles, is not done. */
export function exit(status: number): never {
  return exitNow(status);
}
