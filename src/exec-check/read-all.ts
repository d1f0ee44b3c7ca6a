import { readSync } from "node:fs";
import { retryOnEagain } from "../linux/retry-on-eagain.ts";
import { AdmissionError, callOn } from "./admission-error.ts";

const CHUNK_BYTES = 64 * 1024;

/**
 * Reads a descriptor from where it stands to its end.
 *
 * @param name The source's name, for the error.
 * @throws {AdmissionError} `unreadable` when the system cannot read it; `too large` as soon as it proves larger than
 *   `maxBytes`.
 */
export function readAll(fd: number, name: string, maxBytes: number): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  while (true) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const size = callOn(name, "read", () => retryOnEagain(() => readSync(fd, chunk)));
    if (size === 0) return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, total);
    total += size;
    if (total > maxBytes) throw new AdmissionError({ is: "too large", name, maxBytes });
    chunks.push(chunk.subarray(0, size));
  }
}

/**
 * Is this what a regular file holds, all of it and in this order, wherever its descriptor stands?
 *
 * @throws {AdmissionError} `unreadable` when the system cannot read it.
 */
export function isAllOf(fd: number, name: string, bytes: Uint8Array): boolean {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const size = callOn(name, "read", () => readSync(fd, chunk, 0, CHUNK_BYTES, at));
    if (size === 0) return at === bytes.length;
    if (!chunk.subarray(0, size).equals(bytes.subarray(at, at + size))) return false;
    at += size;
  }
}
