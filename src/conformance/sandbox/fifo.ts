import { closeSync, constants, openSync, writeSync } from "node:fs";

const RETRY_MS = 2;

/**
 * Writes into a named pipe as soon as somebody has opened it to read. Asked again and again, because to wait in open(2)
 * for a reader that never comes would hold a thread for good.
 *
 * @returns A function that stops the waiting.
 */
export function feedFifo(path: string, content: Uint8Array): () => void {
  const timer = setInterval(() => {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      try {
        writeSync(fd, content);
        clearInterval(timer);
      } finally {
        closeSync(fd);
      }
    } catch {
      // ENXIO: nobody reads it yet. EPIPE: who did has gone; another may come.
    }
  }, RETRY_MS);
  return () => clearInterval(timer);
}
