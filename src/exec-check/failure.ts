import type { KernelError } from "../linux/kernel-error.ts";
import type { Cause } from "./cause.ts";
import type { FileKind } from "./file-kind.ts";
import type { CheckResult, Source } from "./policy.ts";
import type { ExecBit } from "./securebits.ts";
import { wording } from "./wording.ts";

/** Why nothing was admitted. */
export type Failure =
  | {
      readonly is: "refused";
      readonly source: Source;
      readonly name: string;
      readonly kind: FileKind | undefined;
      readonly check: CheckResult;
      readonly cause: Cause | undefined;
      readonly because: readonly ExecBit[];
    }
  | {
      readonly is: "unreadable";
      readonly name: string;
      readonly call: "open" | "fstat" | "read";
      readonly errno: number;
    }
  | { readonly is: "too large"; readonly name: string; readonly maxBytes: number }
  /** The bits cannot be known, so nothing may run: this fails closed, as the kernel's sample does. */
  | { readonly is: "unknown"; readonly error: KernelError };

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

/** Makes a call on a source; what the system answers becomes the failure. */
export function attempt<T>(name: string, call: "open" | "fstat" | "read", act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    throw new AdmissionError({ is: "unreadable", name, call, errno: -errno });
  }
}
