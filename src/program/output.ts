/**
 * The rules of all that the programs say:
 *
 * 1. Standard output takes what was asked for: answers and reports. Standard error takes the rest.
 * 2. A text is written whole: a short write is continued, and a full pipe that does not wait (EAGAIN) is waited for.
 * 3. Where nobody reads standard output any more (EPIPE), the program ends by SIGPIPE, without a word.
 * 4. Where standard output takes nothing for another reason, the program says so and ends with its status for failure.
 * 5. Where standard error takes nothing, nothing is said, and the status stays what it is.
 * 6. A sentence is a {@link Message}: it stands in the program's messages.ts.
 *
 * What a script prints is written by src/inc/process-streams.ts, also whole, and ends a run in the ways of 3 and 4.
 */
import { writeSync } from "node:fs";
import { retryOnEagain } from "../linux/retry-on-eagain.ts";
import type { Ending } from "./leave.ts";
import type { Message } from "./message.ts";
import { cannotWrite } from "./messages.ts";

/**
 * Says something.
 *
 * @returns `status`, for a program that ends with these words.
 * @throws {OutputFailed} Where standard output takes nothing.
 */
export function say(fd: 1 | 2, message: Message, status = 0): number {
  print(fd, message);
  return status;
}

/**
 * Writes a text that is not a sentence of the program's: a report, a drawing.
 *
 * @throws {OutputFailed} As {@link say}.
 */
export function print(fd: 1 | 2, text: string | Uint8Array): void {
  try {
    writeWhole(fd, text);
  } catch (error) {
    if (fd === 1) throw new OutputFailed(error as NodeJS.ErrnoException);
  }
}

/**
 * Writes all of a text.
 *
 * @throws The system's error, where the descriptor takes nothing more.
 */
export function writeWhole(fd: number, text: string | Uint8Array): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += retryOnEagain(() => writeSync(fd, bytes, at));
}

/** Standard output takes nothing more. */
export class OutputFailed extends Error {
  override readonly name = "OutputFailed";
  readonly error: NodeJS.ErrnoException;

  constructor(error: NodeJS.ErrnoException) {
    super(error.message);
    this.error = error;
  }
}

/** How a program ends whose output cannot be written: the rules 3 and 4. */
export function endWithoutOutput({ error }: OutputFailed, program: string, status: number): Ending {
  return error.code === "EPIPE" ? "SIGPIPE" : say(2, cannotWrite(program, error), status);
}
