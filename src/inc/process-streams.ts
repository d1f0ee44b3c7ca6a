import { readSync } from "node:fs";
import { retryOnEagain } from "../linux/retry-on-eagain.ts";
import { sleep } from "../linux/sleep.ts";
import { writeWhole } from "../program/output.ts";
import { createInput, type Input } from "../runtime/input.ts";
import { createOutput, type Output, OutputClosed, OutputFailed } from "../runtime/output.ts";

/**
 * What a script reads of a descriptor.
 *
 * @param before Bytes that come before those of the descriptor; no bytes where the input ends for now.
 * @throws A system error (EIO, EISDIR) where it reads.
 */
export function descriptorInput(fd: number, before: () => Uint8Array | undefined = () => undefined): Input {
  const buffer = Buffer.alloc(1 << 16);
  const read = () =>
    buffer.subarray(
      0,
      retry(() => readSync(fd, buffer)),
    );
  return createInput(() => before() ?? read());
}

/** What a script prints to a descriptor, gathered. */
export function descriptorOutput(fd: number): Output {
  return createOutput((text) => send(fd, text));
}

/** What a script prints to a descriptor, each text at once. */
export function unbufferedOutput(fd: number): Output {
  return { write: (text) => send(fd, text), flush: () => {} };
}

function send(fd: number, text: string): void {
  try {
    writeWhole(fd, text);
  } catch (error) {
    if (hasCode(error, "EPIPE")) throw new OutputClosed();
    throw new OutputFailed(error as Error);
  }
}

/** Makes a call until it has an answer: also after a signal broke it off, unless the signal ends the run. */
function retry(call: () => number): number {
  while (true) {
    try {
      return retryOnEagain(call);
    } catch (error) {
      if (!hasCode(error, "EINTR")) throw error;
      waitForInterrupt();
    }
  }
}

/**
 * To be called when a signal broke off a system call. The signal is SIGINT, and the thread that then stops the script
 * needs a moment; a call that blocked again meanwhile would not be stopped.
 */
export function waitForInterrupt(): void {
  sleep(1000);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
