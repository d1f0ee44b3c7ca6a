import type { BigIntStats } from "node:fs";
import { isatty } from "node:tty";

/** What an open descriptor is, in the words of a message. */
export type FileKind =
  | "regular file"
  | "directory"
  | "pipe"
  | "socket"
  | "terminal"
  | "character device"
  | "block device";

/** @param stat What fstat said of `fd`; a named pipe (FIFO) and a nameless one are the same thing once open. */
export function fileKind(fd: number, stat: BigIntStats): FileKind {
  if (stat.isFile()) return "regular file";
  if (stat.isDirectory()) return "directory";
  if (stat.isFIFO()) return "pipe";
  if (stat.isSocket()) return "socket";
  if (stat.isBlockDevice()) return "block device";
  return isatty(fd) ? "terminal" : "character device";
}
