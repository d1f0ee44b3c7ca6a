import { type Call, numberIn, stringIn } from "./strace-log.ts";

/** Which argument of a call is a path or a text. */
const TEXTS: Readonly<Record<string, number>> = { open: 0, openat: 1, openat2: 1, execveat: 1, write: 1 };

/**
 * Whether strace shows an address where a text should stand: it may not read the memory of this process, and does not see
 * the descriptors either. So it is with a program that its user may execute and not read. A call that failed with EFAULT
 * was given an address that leads nowhere.
 */
export function hidesItsMemory(calls: readonly Call[]): boolean {
  return calls.some(({ name, args, result }) => {
    const text = args[TEXTS[name] ?? -1];
    const isAddress = stringIn(text) === undefined && (numberIn(text) ?? 0) > 0;
    return isAddress && !result.includes("EFAULT");
  });
}
