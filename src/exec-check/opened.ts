import { type BigIntStats, closeSync, constants, fstatSync, openSync } from "node:fs";
import { constants as os } from "node:os";
import { AdmissionError, callOn } from "./admission-error.ts";
import { type FileKind, fileKind } from "./file-kind.ts";
import { type FileOrigin, nameOf, type Text } from "./origin.ts";

/** An origin's descriptor, and what fstat says of it. */
export interface Opened {
  readonly fd: number;
  readonly stat: BigIntStats;
  readonly kind: FileKind;
}

const STDIN = 0;

/**
 * Opens a path, or takes standard input as it is. Opening a FIFO waits for its writer, as in any shell.
 *
 * @throws {AdmissionError} `unreadable`, with the errno of open or fstat.
 */
export function openOrigin(origin: FileOrigin): Opened {
  const name = nameOf(origin);
  const fd = origin.from === "stdin" ? STDIN : openPath(origin.path, name);
  try {
    const stat = callOn(name, "fstat", () => fstatSync(fd, { bigint: true }));
    return { fd, stat, kind: fileKind(fd, stat) };
  } catch (error) {
    close(fd);
    throw error;
  }
}

function openPath(path: Text, name: string): number {
  const bytes = Buffer.from(path);
  // No system call could carry a NUL, so Node throws a TypeError; but a script can import such a name, and is to be told.
  if (bytes.includes(0))
    throw new AdmissionError({ is: "unreadable", name, call: "open", errno: os.errno.EINVAL });
  // Node adds O_CLOEXEC to every open. O_NOCTTY: reading code must not give the process a terminal.
  return callOn(name, "open", () => openSync(bytes, constants.O_RDONLY | constants.O_NOCTTY));
}

/** Closes what {@link openOrigin} opened. Standard input stays open: it is the process's own, and others may read on. */
export function close(fd: number): void {
  if (fd !== STDIN) closeSync(fd);
}
