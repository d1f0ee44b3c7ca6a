import { constants as os } from "node:os";
import { checked, declared, libc } from "../linux/libc.ts";
import { stringLayout } from "../linux/string-block.ts";
import { AT_EMPTY_PATH, AT_EXECVE_CHECK, PR_GET_SECUREBITS, SYS_execveat } from "../linux/uapi.ts";
import type { Kernel } from "./kernel.ts";

const CHECK_FLAGS = AT_EMPTY_PATH | AT_EXECVE_CHECK;

const prctl = declared("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)");
/** Addresses are passed as numbers: koffi would look up those of strings and buffers at each call. */
const execveat = declared(
  "long syscall(long number, long fd, ulong path, ulong argv, ulong envp, long flags)",
);
const layOutArgv = stringLayout();

/** The kernel that this process runs on. */
export const linuxKernel: Kernel = Object.freeze({
  execveatCheck(fd: number, argv: readonly Uint8Array[]): number {
    const number = SYS_execveat[process.arch];
    if (number === undefined) return os.errno.ENOSYS;
    if (argv.length === 0) throw new TypeError("argv must hold at least one string");
    const { address, empty } = layOutArgv(argv);
    const status = execveat(number, fd, empty, address, libc().environ(), CHECK_FLAGS);
    return status === -1 ? libc().errno() : 0;
  },

  getSecurebits(): number {
    return checked("prctl(PR_GET_SECUREBITS)", prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
  },
});
