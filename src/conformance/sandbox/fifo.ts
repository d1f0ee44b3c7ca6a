import { closeSync, constants, openSync, writeSync } from "node:fs";

const RETRY_MS = 2;

/**
 * Writes into a named pipe as soon as it has a reader. It is opened again and again: open(2) without O_NONBLOCK would
 * block a thread for good where no reader comes.
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
      // ENXIO: there is no reader yet. EPIPE: the reader has gone; another may come.
    }
  }, RETRY_MS);
  return () => clearInterval(timer);
}
