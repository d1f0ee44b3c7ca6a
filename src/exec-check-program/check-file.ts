import type { BigIntStats } from "node:fs";
import { type Cause, causeOf, type FileKind, fileKind, linuxKernel } from "../exec-check/exec-check.ts";

/** What the kernel says of a file. */
export interface CheckedFile {
  readonly kind: FileKind;
  /** 0: it would be executed; else the errno. */
  readonly check: number;
  /** The likely reason where the check failed. */
  readonly cause: Cause | undefined;
}

/**
 * Asks the kernel, once, whether it would execute a file; and why not. The securebits do not matter here: this says what an
 * interpreter will be told, not what it makes of it.
 *
 * @param fd The file, open in any way, also with O_PATH.
 * @param path The path that it was opened by: what the check gives as argv[0].
 * @param stat What fstat says of it.
 * @throws {KernelError} When the call cannot be made at all.
 */
export function checkFile(fd: number, path: Uint8Array, stat: BigIntStats): CheckedFile {
  const kind = fileKind(fd, stat);
  const check = linuxKernel.execveatCheck(fd, [path]);
  return { kind, check, cause: check === 0 ? undefined : causeOf(fd, kind, stat, check) };
}
