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
  /** The bits cannot be known, so nothing may run: this fails closed, as the kernel's sample does. */
  | { readonly is: "unknown"; readonly error: KernelError }
  /** The check cannot be made at all, so nothing may run either. An errno that it answers is no such failure. */
  | { readonly is: "unchecked"; readonly name: string; readonly error: KernelError };
