/**
 * The seam: everything that this package asks of the kernel beyond what Node itself offers, one function per call,
 * under the call's own name. The real one is linux-kernel.ts; callers may pass their own to look at or refuse calls.
 */

/** What an admission asks. */
export interface Kernel {
  /**
   * `execveat(fd, "", argv, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK)`: would the kernel allow executing this file?
   *
   * @param fd An open descriptor of the file.
   * @param argv What a native execution would see: at least one string, as bytes without a final NUL.
   * @returns 0 for yes, else the errno: ENOSYS also where the call's number is not known.
   * @throws {KernelError} When the call cannot be made at all.
   */
  execveatCheck(fd: number, argv: readonly Uint8Array[]): number;

  /**
   * `prctl(PR_GET_SECUREBITS)`, of the calling thread.
   *
   * @throws {KernelError} When the kernel refuses or cannot be asked. A caller must then interpret nothing.
   */
  getSecurebits(): number;
}

/** What an interpreter asks besides, where its host took its name. */
export interface NamingKernel extends Kernel {
  /**
   * `prctl(PR_SET_NAME, basename(getauxval(AT_EXECFN)))`: gives the calling thread the name that execve gave it, by which
   * ps and pkill know the process: Node calls it MainThread.
   *
   * @throws {KernelError} When the kernel cannot be asked.
   */
  restoreName(): void;
}

/** What a launcher asks besides: to change its own bits and become another program. */
export interface LauncherKernel extends NamingKernel {
  /**
   * `prctl(PR_SET_SECUREBITS, bits)`, of the calling thread: call it on the main thread, or no child will have them.
   *
   * @throws {KernelError} EPERM for a locked bit, and for an unprivileged call that would change nothing.
   */
  setSecurebits(bits: number): void;

  /** `fcntl(fd, F_SETFD, 0)`: let the descriptor live on through an execve. */
  clearCloseOnExec(fd: number): void;

  /** `signal(number, SIG_DFL)`. */
  setDefaultDisposition(signal: number): void;

  /** `sigprocmask(SIG_SETMASK, {}, NULL)`: block no signal. */
  unblockSignals(): void;

  /** `prlimit(0, RLIMIT_NOFILE)`, soft and hard, in descriptors. */
  getDescriptorLimit(): { soft: bigint; hard: bigint };

  /** Sets the soft limit on descriptors and keeps the hard one. */
  setDescriptorLimit(soft: bigint): void;

  /**
   * `execvpe(argv[0], argv, environment)`. Returns only on failure.
   *
   * @param environment Default: libc's own.
   * @returns The errno.
   */
  execvpe(argv: readonly Uint8Array[], environment?: readonly Uint8Array[]): number;

  /** `_exit(status)`: ends the process at once; what Node would still do then, such as writing profiles, is not done. */
  exit(status: number): never;
}

/** What a judge of interpreters asks besides: to bring about what an interpreter may meet. */
export interface JudgeKernel extends LauncherKernel {
  /**
   * `memfd_create(name, MFD_CLOEXEC)`: a file without a name; it starts with mode 0777.
   *
   * @throws {KernelError} Also this and all below, when the kernel refuses.
   */
  memfdCreate(name: string): number;

  /** `pipe2(ends, O_CLOEXEC)`: to read, to write. */
  pipe2(): [number, number];

  /** `mkfifo(path, 0600)`. */
  mkfifo(path: string): void;

  /**
   * `ioctl(TIOCSPTLCK)` and `ioctl(TIOCGPTN)` of an open /dev/ptmx: unlocks the other side.
   *
   * @returns The number that the other side has in /dev/pts.
   */
  unlockTerminal(fd: number): number;

  /** `landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)`: 0 where there is no Landlock. */
  landlockVersion(): number;

  /**
   * Puts the calling thread, for good, into a Landlock domain in which nothing may be executed but what lies beneath
   * these open paths: `prctl(PR_SET_NO_NEW_PRIVS)` and the three Landlock calls.
   */
  landlockAllowExecution(beneath: readonly number[]): void;

  /** `prctl(PR_SET_CHILD_SUBREAPER, 1)`: descendants whose parent ends become children of this process, not of init. */
  adoptOrphans(): void;

  /**
   * `waitpid(pid, NULL, WNOHANG)`: takes notice of a child's end, if it has ended. Not for children that Node started:
   * it waits for these itself.
   */
  reap(pid: number): void;
}

/** A call that failed, or that could not be made (`errno` is then undefined and `reason` says why). */
export class KernelError extends Error {
  override readonly name = "KernelError";
  readonly call: string;
  readonly errno: number | undefined;
  readonly reason: string | undefined;

  constructor(call: string, failure: { errno: number } | { reason: string }) {
    super(`${call} failed`);
    this.call = call;
    this.errno = "errno" in failure ? failure.errno : undefined;
    this.reason = "reason" in failure ? failure.reason : undefined;
  }
}
