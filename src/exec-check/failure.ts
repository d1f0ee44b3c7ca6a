import type { KernelError } from "../linux/kernel-error.ts";
import type { Cause } from "./cause.ts";
import type { FileKind } from "./file-kind.ts";
import type { CheckResult, Source } from "./policy.ts";
import type { ExecBit } from "./securebits.ts";

/** Why nothing was admitted. */
export type Failure =
  /** The policy says no: because of these bits. */
  | {
      readonly is: "refused";
      readonly source: Source;
      readonly name: string;
      /** What it opened to; undefined for a snippet. */
      readonly kind: FileKind | undefined;
      readonly check: CheckResult;
      /** The likely reason of a failed check; undefined where there was none. */
      readonly cause: Cause | undefined;
      readonly because: readonly ExecBit[];
    }
  /** The system cannot open or read it. */
  | {
      readonly is: "unreadable";
      readonly name: string;
      readonly call: "open" | "fstat" | "read";
      readonly errno: number;
    }
  | { readonly is: "too large"; readonly name: string; readonly maxBytes: number }
  | (Unanswered & { readonly error: KernelError });

/** What the kernel did not answer, so that nothing may run: this fails closed, as the kernel's sample does. */
export type Unanswered =
  /** The bits cannot be known. */
  | { readonly is: "unknown" }
  /** The check cannot be made at all. An errno is an answer: the check failed. */
  | { readonly is: "unchecked"; readonly name: string };
