/**
 * System calls by which the tests bring about what the tested code meets. src/linux declares some of them too; these do
 * not depend on the code that is tested.
 */
import { closeSync } from "node:fs";
import koffi from "koffi";

const libc = koffi.load(null);

/** Declares a call that throws, with its errno, when it gives -1. */
function call(prototype: string): (...args: unknown[]) => number {
  const declared = libc.func(prototype);
  return (...args) => {
    const result = Number(declared(...args));
    if (result === -1) throw new Error(`errno ${koffi.errno()} from ${prototype}`);
    return result;
  };
}

const memfdCreate = call("int memfd_create(const char *name, uint flags)");
const pipe2 = call("int pipe2(_Out_ int *ends, int flags)");
const socketpair = call("int socketpair(int domain, int type, int protocol, _Out_ int *ends)");
const eventfd = call("int eventfd(uint value, int flags)");
const fcntl = call("int fcntl(int fd, int command, int argument)");
const dup2 = call("int dup2(int fd, int as)");
const capset = call("int capset(void *header, void *data)");
const prctl = call("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)");
const setxattr = call(
  "int setxattr(const char *path, const char *name, const void *value, ulong size, int flags)",
);
const syscall = call("long syscall(long number, void *arg1, ulong arg2, ulong arg3)");

/** Keeps descriptors from children that are not given them. Pipes, sockets and event descriptors have the same flag. */
const O_CLOEXEC = 0o2000000;

/** memfd_create(2); it starts with mode 0777, or 0666 with MFD_NOEXEC_SEAL. */
export function memfd(flags = 0): number {
  const MFD_CLOEXEC = 1;
  return memfdCreate("test", MFD_CLOEXEC | flags);
}

/** Both ends of a nameless pipe: to read, to write. */
export function pipe(): [number, number] {
  const ends: [number, number] = [0, 0];
  pipe2(ends, O_CLOEXEC);
  return ends;
}

/** Two connected Unix sockets. */
export function sockets(): [number, number] {
  const [AF_UNIX, SOCK_STREAM] = [1, 1];
  const ends: [number, number] = [0, 0];
  socketpair(AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0, ends);
  return ends;
}

/** A descriptor on an inode that has no file system (eventfd). */
export function eventDescriptor(): number {
  return eventfd(0, O_CLOEXEC);
}

/** Lets reads from the descriptor fail with EAGAIN rather than wait, for all that share it. */
export function makeNonBlocking(fd: number): void {
  const [F_SETFL, O_NONBLOCK] = [4, 0o4000];
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

/** Does something, at once and to its end, with this descriptor as standard input. */
export function withStandardInput<T>(fd: number, act: () => T): T {
  const F_DUPFD_CLOEXEC = 1030;
  const own = fcntl(0, F_DUPFD_CLOEXEC, 3);
  dup2(fd, 0);
  try {
    return act();
  } finally {
    dup2(own, 0);
    closeSync(own);
  }
}

/** Gives a file an access control list: `tag`, `permissions` and `id` of each entry, by posix_acl_xattr.h. */
export function setAccessControlList(path: string, entries: readonly (readonly number[])[]): void {
  const value = Buffer.alloc(4 + 8 * entries.length);
  value.writeUInt32LE(2);
  for (const [index, [tag = 0, permissions = 0, id = 0xffff_ffff]] of entries.entries()) {
    value.writeUInt16LE(tag, 4 + 8 * index);
    value.writeUInt16LE(permissions, 6 + 8 * index);
    value.writeUInt32LE(id, 8 + 8 * index);
  }
  setxattr(path, "system.posix_acl_access", value, value.length, 0);
}

/** Takes all capabilities from the calling thread; its user stays who it is. */
export function dropCapabilities(): void {
  const _LINUX_CAPABILITY_VERSION_3 = 0x20080522;
  capset(new Uint32Array([_LINUX_CAPABILITY_VERSION_3, 0]), new Uint32Array(6));
}

/** Landlock's version here; 0 where there is none. */
export function landlockVersion(): number {
  const [SYS_landlock_create_ruleset, LANDLOCK_CREATE_RULESET_VERSION] = [444, 1];
  try {
    return syscall(SYS_landlock_create_ruleset, null, 0, LANDLOCK_CREATE_RULESET_VERSION);
  } catch {
    return 0;
  }
}

/** Puts the calling thread into a Landlock domain in which nothing may be executed. */
export function forbidExecutionByLandlock(): void {
  const [SYS_landlock_create_ruleset, SYS_landlock_restrict_self, PR_SET_NO_NEW_PRIVS] = [444, 446, 38];
  const LANDLOCK_ACCESS_FS_EXECUTE = 1n;
  const handled = new BigUint64Array([LANDLOCK_ACCESS_FS_EXECUTE]);
  const ruleset = syscall(SYS_landlock_create_ruleset, handled, handled.byteLength, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  restrictSelf(SYS_landlock_restrict_self, ruleset, 0);
}

const restrictSelf = call("long syscall(long number, long fd, ulong flags)");
