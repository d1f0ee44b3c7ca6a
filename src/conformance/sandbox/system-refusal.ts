import { errnoName, KernelError } from "../../exec-check/exec-check.ts";

/** What the system said, where an error is its refusal; undefined for an error that is a bug of the kit. */
export function systemRefusal(error: unknown): string | undefined {
  if (error instanceof KernelError)
    return `${error.call}: ${error.errno === undefined ? error.reason : errnoName(error.errno)}`;
  return error instanceof Error && "syscall" in error ? error.message : undefined;
}
