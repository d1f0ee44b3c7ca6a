import { writeSync } from "node:fs";
import { errorCode, waitBriefly, waitForInterrupt } from "./wait.ts";

/** Text on its way to a descriptor. */
export interface Output {
  write(text: string): void;
  /** Writes what is held back. */
  flush(): void;
}

/** Nobody reads the output any more (EPIPE): a program ends quietly then, by SIGPIPE. */
export class OutputClosed {}

/** The output takes nothing more (ENOSPC and the like). */
export class OutputFailed {
  readonly error: Error;

  constructor(error: Error) {
    this.error = error;
  }
}

const FULL = 1 << 14;

/**
 * An output that gathers 16 KiB before it writes.
 * @param descriptor blocking or not
 * @param hold whether to gather; without, everything is written at once
 * @throws OutputClosed and OutputFailed from `write` and `flush`; what was not written by then is dropped
 */
export function createOutput(descriptor: number, hold = true): Output {
  let held = "";
  const flush = () => {
    if (held === "") return;
    const bytes = Buffer.from(held);
    held = "";
    writeAll(descriptor, bytes);
  };
  return {
    write(text) {
      held += text;
      if (!hold || held.length >= FULL) flush();
    },
    flush,
  };
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EAGAIN") waitBriefly();
      else if (code === "EINTR") waitForInterrupt();
      else if (code === "EPIPE") throw new OutputClosed();
      else throw new OutputFailed(error as Error);
    }
  }
}
