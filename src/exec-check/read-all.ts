import { readSync } from "node:fs";
import { constants as os } from "node:os";
import { AdmissionError, attempt } from "./failure.ts";

const CHUNK_BYTES = 64 * 1024;
const RETRY_MS = 5;

/**
 * Reads a descriptor from where it stands to its end.
 *
 * @throws {AdmissionError} When the system cannot read it, or as soon as it proves larger than `maxBytes`.
 */
export function readAll(fd: number, name: string, maxBytes: number): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  while (true) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const size = attempt(name, "read", () => readWaiting(fd, chunk));
    if (size === 0) return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, total);
    total += size;
    if (total > maxBytes) throw new AdmissionError({ is: "too large", name, maxBytes });
    chunks.push(chunk.subarray(0, size));
  }
}

/** A descriptor that someone made non-blocking has nothing to say yet, which is no end. */
function readWaiting(fd: number, chunk: Buffer): number {
  while (true) {
    try {
      return readSync(fd, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).errno !== -os.errno.EAGAIN) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

/** Is this what a regular file holds, all of it and in this order, wherever its descriptor stands? */
export function isAllOf(fd: number, name: string, bytes: Uint8Array): boolean {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const size = attempt(name, "read", () => readSync(fd, chunk, 0, CHUNK_BYTES, at));
    if (size === 0) return at === bytes.length;
    if (!chunk.subarray(0, size).equals(bytes.subarray(at, at + size))) return false;
    at += size;
  }
}
