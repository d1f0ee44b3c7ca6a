/**
 * The seam's real side: libc, called through koffi. The only file that touches koffi.
 */
import { createRequire } from "node:module";
import { constants as os } from "node:os";
import { basename } from "node:path";
import type * as Koffi from "koffi";
import { type JudgeKernel, KernelError } from "./kernel.ts";
import {
  AT_EMPTY_PATH,
  AT_EXECFN,
  AT_EXECVE_CHECK,
  F_SETFD,
  LANDLOCK_ACCESS_FS_EXECUTE,
  LANDLOCK_CREATE_RULESET_VERSION,
  LANDLOCK_RULE_PATH_BENEATH,
  MFD_CLOEXEC,
  O_CLOEXEC,
  PR_GET_SECUREBITS,
  PR_SET_CHILD_SUBREAPER,
  PR_SET_NAME,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_SECUREBITS,
  RLIMIT_NOFILE,
  SIG_DFL,
  SIG_SETMASK,
  SYS_execveat,
  SYS_landlock_add_rule,
  SYS_landlock_create_ruleset,
  SYS_landlock_restrict_self,
  TIOCGPTN,
  TIOCSPTLCK,
  WNOHANG,
} from "./uapi.ts";

/** Set by the executable's build to the addon's fixed absolute path; not defined anywhere else. */
declare const KOFFI_ADDON: string;

const CHECK_FLAGS = AT_EMPTY_PATH | AT_EXECVE_CHECK;

/** The kernel that this process runs on. Nothing is loaded before the first call, so making one cannot fail. */
export const linuxKernel: JudgeKernel = {
  execveatCheck(fd, argv) {
    const { koffi, syscall, environ } = libc();
    const number = SYS_execveat[process.arch];
    if (number === undefined) return os.errno.ENOSYS;
    const status = syscall(
      number,
      fd,
      "",
      argvBlock(koffi, argv),
      koffi.decode(environ, "void *"),
      CHECK_FLAGS,
    );
    // errno means something only right after a failure.
    return status === -1 ? koffi.errno() : 0;
  },

  getSecurebits() {
    return checked("prctl(PR_GET_SECUREBITS)", libc().prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
  },

  setSecurebits(bits) {
    checked("prctl(PR_SET_SECUREBITS)", libc().prctl(PR_SET_SECUREBITS, bits, 0, 0, 0));
  },

  restoreName() {
    const { lib } = libc();
    const executed: string = lib.func("const char *getauxval(ulong type)")(AT_EXECFN);
    const prctl = lib.func("int prctl(int option, const char *name, ulong arg3, ulong arg4, ulong arg5)");
    prctl(PR_SET_NAME, basename(executed), 0, 0, 0);
  },

  clearCloseOnExec(fd) {
    const fcntl = libc().lib.func("int fcntl(int fd, int command, int argument)");
    checked("fcntl(F_SETFD)", fcntl(fd, F_SETFD, 0));
  },

  setDefaultDisposition(signal) {
    libc().lib.func("void *signal(int number, intptr_t handler)")(signal, SIG_DFL);
  },

  unblockSignals() {
    const sigprocmask = libc().lib.func("int sigprocmask(int how, void *set, void *old)");
    checked("sigprocmask", sigprocmask(SIG_SETMASK, Buffer.alloc(SIGSET_BYTES), null));
  },

  getDescriptorLimit() {
    const limit = new BigUint64Array(2);
    checked("prlimit(RLIMIT_NOFILE)", prlimit()(0, RLIMIT_NOFILE, null, limit));
    return { soft: limit[0] as bigint, hard: limit[1] as bigint };
  },

  setDescriptorLimit(soft) {
    const { hard } = this.getDescriptorLimit();
    checked("prlimit(RLIMIT_NOFILE)", prlimit()(0, RLIMIT_NOFILE, new BigUint64Array([soft, hard]), null));
  },

  execvpe(argv, environment) {
    const { koffi, lib, environ } = libc();
    const block = argvBlock(koffi, argv);
    // The first string stands right behind the pointers.
    const file = block.subarray(POINTER_BYTES * (argv.length + 1));
    const envp = environment ? stringBlock(koffi, environment) : koffi.decode(environ, "void *");
    lib.func("int execvpe(void *file, void *argv, void *envp)")(file, block, envp);
    return koffi.errno();
  },

  memfdCreate(name) {
    const call = libc().lib.func("int memfd_create(const char *name, uint flags)");
    return checked("memfd_create", call(name, MFD_CLOEXEC));
  },

  pipe2() {
    const ends = new Int32Array(2);
    const call = libc().lib.func("int pipe2(void *ends, int flags)");
    checked("pipe2", call(ends, O_CLOEXEC));
    return [ends[0] as number, ends[1] as number];
  },

  mkfifo(path) {
    checked("mkfifo", libc().lib.func("int mkfifo(const char *path, uint mode)")(path, 0o600));
  },

  unlockTerminal(fd) {
    const ioctl = libc().lib.func("int ioctl(int fd, ulong request, void *argument)");
    checked("ioctl(TIOCSPTLCK)", ioctl(fd, TIOCSPTLCK, new Int32Array([0])));
    const number = new Int32Array(1);
    checked("ioctl(TIOCGPTN)", ioctl(fd, TIOCGPTN, number));
    return number[0] as number;
  },

  landlockVersion() {
    const version = landlock()(SYS_landlock_create_ruleset, null, 0n, LANDLOCK_CREATE_RULESET_VERSION, 0);
    return Math.max(0, Number(version));
  },

  landlockAllowExecution(beneath) {
    const handled = new BigUint64Array([LANDLOCK_ACCESS_FS_EXECUTE]);
    const ruleset = Number(
      landlock()(SYS_landlock_create_ruleset, handled, BigInt(handled.byteLength), 0, 0),
    );
    checked("landlock_create_ruleset", ruleset);
    const addRule = libc().lib.func("long syscall(long number, long fd, long type, void *rule, long flags)");
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
    checked("prctl(PR_SET_NO_NEW_PRIVS)", libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    const restrictSelf = libc().lib.func("long syscall(long number, long fd, ulong flags)");
    checked("landlock_restrict_self", restrictSelf(SYS_landlock_restrict_self, ruleset, 0));
  },

  exit(status) {
    return libc().lib.func("void _exit(int status)")(status) as never;
  },

  adoptOrphans() {
    checked("prctl(PR_SET_CHILD_SUBREAPER)", libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
  },

  reap(pid) {
    libc().lib.func("int waitpid(int pid, void *status, int options)")(pid, null, WNOHANG);
  },
};

function landlock() {
  return libc().lib.func(
    "long syscall(long number, void *attributes, ulong size, ulong flags, ulong unused)",
  );
}

const POINTER_BYTES = 8;

/** Larger than the sigset_t of any libc. */
const SIGSET_BYTES = 128;

interface Libc {
  readonly koffi: typeof Koffi;
  readonly lib: Koffi.LibraryHandle;
  readonly syscall: Koffi.KoffiFunc<
    (number: number, fd: number, path: string, argv: Uint8Array, envp: unknown, flags: number) => number
  >;
  readonly prctl: Koffi.KoffiFunc<
    (option: number, arg2: number, arg3: number, arg4: number, arg5: number) => number
  >;
  /** The address of libc's variable `environ`: read at each call, because setenv may move what it points to. */
  readonly environ: unknown;
}

let loaded: Libc | undefined;

function libc(): Libc {
  loaded ??= loadLibc();
  return loaded;
}

function loadLibc(): Libc {
  if (process.platform !== "linux") {
    throw new KernelError("libc", { reason: `this is ${process.platform}: the check exists on Linux alone` });
  }
  try {
    const koffi = loadKoffi();
    const lib = koffi.load(null);
    return {
      koffi,
      lib,
      syscall: lib.func(
        "long syscall(long number, long fd, const char *path, void *argv, void *envp, long flags)",
      ),
      prctl: lib.func("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)"),
      environ: lib.symbol("environ"),
    } as Libc;
  } catch (error) {
    throw new KernelError("libc", { reason: `the addon koffi could not be loaded: ${firstLine(error)}` });
  }
}

function loadKoffi(): typeof Koffi {
  if (typeof KOFFI_ADDON === "string") {
    // The addon's exports are koffi's whole interface; its JavaScript wrapper only looks for the addon, in 10 ms.
    const addon = { exports: {} as typeof Koffi };
    process.dlopen(addon, KOFFI_ADDON);
    return addon.exports;
  }
  const require = createRequire(import.meta.url);
  try {
    // koffi's own dependency, as koffi would find it; the wrapper, besides its time, makes Node open process.stderr,
    // and a pipe there is then non-blocking for all who share it.
    return createRequire(require.resolve("koffi"))(`@koromix/koffi-linux-${process.arch}`) as typeof Koffi;
  } catch {
    return require("koffi") as typeof Koffi;
  }
}

function prlimit(): Koffi.KoffiFunc<
  (pid: number, resource: number, next: BigUint64Array | null, old: BigUint64Array | null) => number
> {
  return libc().lib.func("int prlimit(int pid, int resource, void *next, void *old)") as ReturnType<
    typeof prlimit
  >;
}

function argvBlock(koffi: typeof Koffi, argv: readonly Uint8Array[]): Buffer {
  if (argv.length === 0) throw new TypeError("argv must hold at least one string");
  return stringBlock(koffi, argv);
}

/**
 * A C argv or envp in one buffer: the pointers with their final NULL, then the strings, each with its NUL. One allocation
 * and one address are all that an admission pays, however many arguments there are; and bytes stay the bytes they were.
 */
function stringBlock(koffi: typeof Koffi, strings: readonly Uint8Array[]): Buffer {
  const table = POINTER_BYTES * (strings.length + 1);
  const block = Buffer.alloc(strings.reduce((size, text) => size + text.length + 1, table));
  const base = koffi.address(block);
  let at = table;
  for (const [index, text] of strings.entries()) {
    if (text.includes(0)) throw new TypeError(`string ${index} holds a NUL byte`);
    block.writeBigUInt64LE(base + BigInt(at), POINTER_BYTES * index);
    block.set(text, at);
    at += text.length + 1;
  }
  return block;
}

function checked(call: string, status: number): number {
  if (status === -1) throw new KernelError(call, { errno: libc().koffi.errno() });
  return status;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] as string;
}
