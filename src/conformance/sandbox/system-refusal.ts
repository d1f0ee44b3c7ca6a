import { errnoName, KernelError } from "../../exec-check/exec-check.ts";

/** What the system answered, where an error is such an answer; undefined for any other error, which is a bug. */
export function systemRefusal(error: unknown): string | undefined {
  if (error instanceof KernelError)
    return `${error.call}: ${error.errno === undefined ? error.reason : errnoName(error.errno)}`;
  return error instanceof Error && "syscall" in error ? error.message : undefined;
}
