import { constants as os } from "node:os";
import { checked, declared, libc } from "../linux/libc.ts";
import { argvBlock } from "../linux/string-block.ts";
import { AT_EMPTY_PATH, AT_EXECVE_CHECK, PR_GET_SECUREBITS, SYS_execveat } from "../linux/uapi.ts";
import type { Kernel } from "./kernel.ts";

const CHECK_FLAGS = AT_EMPTY_PATH | AT_EXECVE_CHECK;

const prctl = declared("int prctl(int option, ulong arg2, ulong arg3, ulong arg4, ulong arg5)");
const execveat = declared(
  "long syscall(long number, long fd, const char *path, void *argv, void *envp, long flags)",
);

/** The kernel that this process runs on. */
export const linuxKernel: Kernel = Object.freeze({
  execveatCheck(fd: number, argv: readonly Uint8Array[]): number {
    const number = SYS_execveat[process.arch];
    if (number === undefined) return os.errno.ENOSYS;
    const status = execveat(number, fd, "", argvBlock(argv), libc().environ(), CHECK_FLAGS);
    return status === -1 ? libc().errno() : 0;
  },

  getSecurebits(): number {
    return checked("prctl(PR_GET_SECUREBITS)", prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
  },
});
