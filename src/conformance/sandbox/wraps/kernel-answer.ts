/** What the kernel answers to the check: asked here, or by an errand of this program inside what is put before a command. */
import { closeSync, constants, openSync } from "node:fs";
import { linuxKernel } from "../../../exec-check/exec-check.ts";
import { errnoName } from "../../../linux/errno.ts";

/** On a command line, what stands for the descriptor of standard input where a path is expected. */
export const STANDARD_INPUT = "-";

/** What the errand prints before the answer. */
export const ANSWER = "the check: ";

/**
 * Gives `0` where the kernel would execute a file, and else the errno's name.
 *
 * @param target A descriptor, or a path that is opened.
 * @param flags How it is opened.
 */
export function kernelAnswer(target: number | string, flags: number = constants.O_RDONLY): string {
  if (typeof target === "number") return check(target);
  let fd: number;
  try {
    fd = openSync(target, flags);
  } catch (error) {
    return `${(error as NodeJS.ErrnoException).code} (when it is opened)`;
  }
  try {
    return check(fd);
  } finally {
    closeSync(fd);
  }
}

function check(fd: number): string {
  const errno = linuxKernel.execveatCheck(fd, [Buffer.from(`/proc/self/fd/${fd}`)]);
  return errno === 0 ? "0" : errnoName(errno);
}
