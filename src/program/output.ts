/** What the program says, written out whole; and what becomes of it where nobody takes it. */
import { writeSync } from "node:fs";

/** Standard output or error takes nothing more: `why` is EPIPE, ENOSPC and the like. */
export class OutputFailed extends Error {
  override readonly name = "OutputFailed";
  readonly fd: 1 | 2;
  readonly why: string;

  constructor(fd: 1 | 2, why: string) {
    super(`${fd === 1 ? "standard output" : "standard error"}: ${why}`);
    this.fd = fd;
    this.why = why;
  }
}

/**
 * Writes all of the text.
 *
 * @throws {OutputFailed}
 */
export function print(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeWaiting(fd, bytes.subarray(at));
}

/** A pipe that somebody made non-blocking may be full, which is no end. */
function writeWaiting(fd: 1 | 2, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EAGAIN") throw new OutputFailed(fd, code ?? "unknown");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    return 0;
  }
}
