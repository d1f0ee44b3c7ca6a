/** How execveat is made to fail, and on what: data. */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Kind } from "./ways.ts";

/** The errnos of execveat(2), and two that a filter or a signal brings. */
export const FAULTS: readonly string[] = (
  "ENOSYS EPERM EACCES E2BIG EAGAIN EBADF EFAULT EINTR EINVAL EIO EISDIR ELIBBAD ELOOP EMFILE ENAMETOOLONG ENFILE ENOENT " +
  "ENOEXEC ENOMEM ENOTDIR ETXTBSY"
).split(" ");

/**
 * With these, the call may be made again: a loop that ends when the call does is sound. So only the first check fails, of
 * a file that is not executable: whoever tries again is refused by the kernel itself, and whoever does not has to refuse.
 */
export const TRANSIENT: readonly string[] = "EAGAIN EINTR".split(" ");

/** The kinds that come with a descriptor, each with the mode in which it is refused when its check fails. */
// biome-ignore format: a table, one row a kind.
export const FAULT_ROWS = [
  ["script", 2, "a script"],
  ["stdin", 3, "standard input from a file"],
  ["terminal", 3, "a prompt on a terminal"],
  ["startup", 2, "a startup file"],
  ["module", 2, "a module"],
  ["option", 2, "a file that an option names"],
  ["by-name", 2, "a file that an option finds by its name"],
  ["compiled", 2, "a file of compiled code"],
] as const satisfies readonly (readonly [Kind, 2 | 3, string])[];

export type FaultKind = (typeof FAULT_ROWS)[number][0];

/** Whether this kind is refused in this mode when its check fails. */
export function isRefusedIn(mode: Mode, kind: FaultKind): boolean {
  return mode === 4 || FAULT_ROWS.some(([of, refusedIn]) => of === kind && refusedIn === mode);
}
