/**
 * The kernel's constants that are needed here, in the kernel's own spelling, each under the header that defines it.
 * Nothing here is ours, and nothing here decides anything.
 */

// include/uapi/linux/fcntl.h
export const AT_EMPTY_PATH = 0x1000;
export const AT_EXECVE_CHECK = 0x10000;

// include/uapi/linux/prctl.h
export const PR_SET_NAME = 15;
export const PR_GET_SECUREBITS = 27;
export const PR_SET_SECUREBITS = 28;
export const PR_SET_CHILD_SUBREAPER = 36;
export const PR_SET_NO_NEW_PRIVS = 38;

// include/uapi/linux/securebits.h: all of them, because whatever is set gets its name from here.
export const SECBIT_NOROOT = 1 << 0;
export const SECBIT_NOROOT_LOCKED = 1 << 1;
export const SECBIT_NO_SETUID_FIXUP = 1 << 2;
export const SECBIT_NO_SETUID_FIXUP_LOCKED = 1 << 3;
export const SECBIT_KEEP_CAPS = 1 << 4;
export const SECBIT_KEEP_CAPS_LOCKED = 1 << 5;
export const SECBIT_NO_CAP_AMBIENT_RAISE = 1 << 6;
export const SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED = 1 << 7;
export const SECBIT_EXEC_RESTRICT_FILE = 1 << 8;
export const SECBIT_EXEC_RESTRICT_FILE_LOCKED = 1 << 9;
export const SECBIT_EXEC_DENY_INTERACTIVE = 1 << 10;
export const SECBIT_EXEC_DENY_INTERACTIVE_LOCKED = 1 << 11;

// include/uapi/asm-generic/fcntl.h
export const O_CLOEXEC = 0o2000000;
/** Opens a path without permission to read it. */
export const O_PATH = 0o10000000;
export const O_ACCMODE = 3;
export const F_SETFD = 2;
export const F_GETFL = 3;

// include/uapi/linux/magic.h
export const ANON_INODE_FS_MAGIC = 0x09041934;
export const PIPEFS_MAGIC = 0x50495045;
export const PROC_SUPER_MAGIC = 0x9fa0;
export const SYSFS_MAGIC = 0x62656572;

// include/linux/statfs.h, and statfs(2)
export const ST_NOEXEC = 0x8;

// include/uapi/linux/memfd.h
export const MFD_CLOEXEC = 1;

// include/uapi/asm-generic/ioctls.h (and the same on every architecture named below)
export const TIOCGPTN = 0x80045430;
export const TIOCSPTLCK = 0x40045431;

// include/uapi/linux/landlock.h
export const LANDLOCK_CREATE_RULESET_VERSION = 1;
export const LANDLOCK_RULE_PATH_BENEATH = 1;
export const LANDLOCK_ACCESS_FS_EXECUTE = 1n;

// include/uapi/asm-generic/resource.h
export const RLIMIT_NOFILE = 7;

// include/uapi/asm-generic/signal.h
export const SIG_SETMASK = 2;
export const SIG_DFL = 0;

// include/uapi/asm-generic/unistd.h, the same on every architecture since Linux 5.1.
export const SYS_landlock_create_ruleset = 444;
export const SYS_landlock_add_rule = 445;
export const SYS_landlock_restrict_self = 446;

/**
 * The number of execveat(2), by process.arch. It is called by number because a C library may be older than its wrapper
 * (glibc added it in 2.34, musl has none).
 * arch/x86/entry/syscalls/syscall_64.tbl; scripts/syscall.tbl for the architectures that share one table.
 */
export const SYS_execveat: Readonly<Record<string, number>> = {
  x64: 322,
  arm64: 281,
  riscv64: 281,
  loong64: 281,
};

/**
 * The number that the call has in a program for 32 bits; no call of 64 bits has these numbers.
 * arch/x86/entry/syscalls/syscall_32.tbl, arch/arm/tools/syscall.tbl.
 */
export const SYS_execveat_32: Readonly<Record<string, number>> = {
  x64: 358,
  arm64: 387,
};

// include/uapi/linux/auxvec.h
export const AT_EXECFN = 31;

// include/uapi/linux/wait.h
export const WNOHANG = 1;

// include/uapi/linux/capability.h
export const CAP_DAC_OVERRIDE = 1n;

// include/uapi/linux/posix_acl.h
export const ACL_USER_OBJ = 0x01;
export const ACL_USER = 0x02;
export const ACL_GROUP_OBJ = 0x04;
export const ACL_GROUP = 0x08;
export const ACL_MASK = 0x10;
export const ACL_OTHER = 0x20;
