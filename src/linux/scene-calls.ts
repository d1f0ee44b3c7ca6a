/**
 * The calls of a judge of interpreters, which brings about what an interpreter may meet: one function a call. All but
 * `landlockVersion`, `attributeNames`, `removeAcls` and `reap` throw a {@link KernelError} where the kernel refuses.
 */
import { checked, declared } from "./libc.ts";
import {
  LANDLOCK_ACCESS_FS_EXECUTE,
  LANDLOCK_CREATE_RULESET_VERSION,
  LANDLOCK_RULE_PATH_BENEATH,
  MFD_CLOEXEC,
  O_CLOEXEC,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_NO_NEW_PRIVS,
  SYS_landlock_add_rule,
  SYS_landlock_create_ruleset,
  SYS_landlock_restrict_self,
  TIOCGPTN,
  TIOCSPTLCK,
  WNOHANG,
} from "./uapi.ts";

const prctl = declared("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)");
const createMemfd = declared("int memfd_create(const char *name, uint flags)");
const createPipe = declared("int pipe2(void *ends, int flags)");
const createFifo = declared("int mkfifo(const char *path, uint mode)");
const flistxattr = declared("long flistxattr(int fd, void *names, ulong size)");
const removexattr = declared("int removexattr(const char *path, const char *name)");
const ioctl = declared("int ioctl(int fd, ulong request, void *argument)");
const waitpid = declared("int waitpid(int pid, void *status, int options)");
const createRuleset = declared("long syscall(long number, void *attributes, ulong size, ulong flags)");
const addRule = declared("long syscall(long number, long fd, long type, void *rule, long flags)");
const restrictSelf = declared("long syscall(long number, long fd, ulong flags)");

/** `memfd_create(name, MFD_CLOEXEC)`: a file without a name; it starts with mode 0777. */
export function memfdCreate(name: string): number {
  return checked("memfd_create", createMemfd(name, MFD_CLOEXEC));
}

/** `pipe2(ends, O_CLOEXEC)`: to read, to write. */
export function pipe2(): [read: number, write: number] {
  const ends = new Int32Array(2);
  checked("pipe2", createPipe(ends, O_CLOEXEC));
  return [ends[0] as number, ends[1] as number];
}

/** `mkfifo(path, 0600)`. */
export function mkfifo(path: string): void {
  checked("mkfifo", createFifo(path, 0o600));
}

/**
 * `flistxattr` of an open file: the names of its extended attributes, access control lists among them. None where the file
 * system has no such thing, or the list is longer than 64 KiB, which the kernel allows no file.
 */
export function attributeNames(fd: number): string[] {
  const names = Buffer.alloc(64 * 1024);
  const length = flistxattr(fd, names, names.length);
  return names
    .toString("latin1", 0, Math.max(0, length))
    .split("\0")
    .filter((name) => name !== "");
}

/** `removexattr` of a file's own access control list, and of the one that what is made in it inherits: where it has them. */
export function removeAcls(path: string): void {
  for (const name of ["system.posix_acl_default", "system.posix_acl_access"]) removexattr(path, name);
}

/**
 * `ioctl(TIOCSPTLCK)` and `ioctl(TIOCGPTN)` of an open /dev/ptmx: unlocks the other side.
 *
 * @returns The number that the other side has in /dev/pts.
 */
export function unlockTerminal(fd: number): number {
  checked("ioctl(TIOCSPTLCK)", ioctl(fd, TIOCSPTLCK, new Int32Array([0])));
  const number = new Int32Array(1);
  checked("ioctl(TIOCGPTN)", ioctl(fd, TIOCGPTN, number));
  return number[0] as number;
}

/** `landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)`: 0 where there is no Landlock. */
export function landlockVersion(): number {
  return Math.max(0, createRuleset(SYS_landlock_create_ruleset, null, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

/**
 * Puts the calling thread, for good, into a Landlock domain in which nothing may be executed but what lies beneath these
 * open paths: `prctl(PR_SET_NO_NEW_PRIVS)` and the three Landlock calls.
 */
export function landlockAllowExecution(beneath: readonly number[]): void {
  const handled = new BigUint64Array([LANDLOCK_ACCESS_FS_EXECUTE]);
  const ruleset = checked(
    "landlock_create_ruleset",
    createRuleset(SYS_landlock_create_ruleset, handled, handled.byteLength, 0),
  );
  for (const fd of beneath) {
    // struct landlock_path_beneath_attr is packed: 64 bits of rights, 32 of descriptor.
    const rule = Buffer.alloc(12);
    rule.writeBigUInt64LE(LANDLOCK_ACCESS_FS_EXECUTE);
    rule.writeInt32LE(fd, 8);
    checked(
      "landlock_add_rule",
      addRule(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0),
    );
  }
  checked("prctl(PR_SET_NO_NEW_PRIVS)", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  checked("landlock_restrict_self", restrictSelf(SYS_landlock_restrict_self, ruleset, 0));
}

/** `prctl(PR_SET_CHILD_SUBREAPER, 1)`: descendants whose parent ends become children of this process, not of init. */
export function adoptOrphans(): void {
  checked("prctl(PR_SET_CHILD_SUBREAPER)", prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
}

/**
 * `waitpid(pid, NULL, WNOHANG)`: takes notice of a child's end, if it has ended. Not for children that Node started: it
 * waits for these itself.
 */
export function reap(pid: number): void {
  waitpid(pid, null, WNOHANG);
}
