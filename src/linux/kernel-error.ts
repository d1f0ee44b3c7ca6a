import { errnoText } from "./errno.ts";

/** A call that failed, or that could not be made: `errno` is then undefined, and `reason` says why. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  /** The call in C's words: `prctl(PR_GET_SECUREBITS)`. */
  readonly call: string;
  readonly errno: number | undefined;
  readonly reason: string | undefined;

  /** @param failure What the kernel answered, or why it could not be asked. Both are part of the message. */
  constructor(call: string, failure: { errno: number } | { reason: string }) {
    super(`${call}: ${"errno" in failure ? errnoText(failure.errno) : failure.reason}`);
    this.call = call;
    this.errno = "errno" in failure ? failure.errno : undefined;
    this.reason = "reason" in failure ? failure.reason : undefined;
  }
}
