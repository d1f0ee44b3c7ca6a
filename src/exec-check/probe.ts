import { closeSync, constants, openSync } from "node:fs";
import { constants as os } from "node:os";
import type { Kernel } from "./kernel.ts";
import { linuxKernel } from "./linux-kernel.ts";

/** Does this kernel know AT_EXECVE_CHECK? `errno` is what it answered where that does not tell. */
export type Support =
  | { readonly supported: boolean }
  | { readonly supported: "unknown"; readonly errno: number };

/**
 * Asks the kernel for the check of a directory, which needs no file to be made: a kernel that knows the flag answers
 * EACCES, one before 6.14 EINVAL. Any other answer comes from a filter, and says nothing about the kernel.
 *
 * @throws {KernelError} When the call cannot be made at all.
 */
export function probeSupport(kernel: Kernel = linuxKernel): Support {
  const directory = openSync("/", constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const errno = kernel.execveatCheck(directory, [Buffer.from("/")]);
    if (errno === os.errno.EACCES) return { supported: true };
    if (errno === os.errno.EINVAL) return { supported: false };
    return { supported: "unknown", errno };
  } finally {
    closeSync(directory);
  }
}
