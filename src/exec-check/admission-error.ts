import type { Failure } from "./failure.ts";
import { wording } from "./wording.ts";

/** Nothing was admitted: `failure` says why as data, `message` and `hint` in words. */
export class AdmissionError extends Error {
  override readonly name = "AdmissionError";
  readonly failure: Failure;
  /** What to do about it, where there is something. */
  readonly hint: string | undefined;

  constructor(failure: Failure) {
    const { message, hint } = wording(failure);
    super(message);
    this.failure = failure;
    this.hint = hint;
  }
}

/**
 * Makes one of Node's calls on a source.
 *
 * @throws {AdmissionError} `unreadable`, with the errno that the system answered. Other errors pass.
 */
export function callOn<T>(name: string, call: "open" | "fstat" | "read", act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    throw new AdmissionError({ is: "unreadable", name, call, errno: -errno });
  }
}
