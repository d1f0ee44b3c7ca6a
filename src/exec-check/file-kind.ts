import type { BigIntStats } from "node:fs";
import { createRequire } from "node:module";

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
  return isTerminal(fd) ? "terminal" : "character device";
}

/** node:tty is loaded when somebody asks: it brings sockets along, which a program that runs a file need not have. */
export function isTerminal(fd: number): boolean {
  const { isatty } = createRequire(import.meta.url)("node:tty") as typeof import("node:tty");
  return isatty(fd);
}
