/**
 * The whole policy: one table, and one pure function that reads it.
 *
 * Authorities, by row: `doc` is the kernel's Documentation/userspace-api/check_exec.rst, `test` its
 * tools/testing/selftests/exec/check-exec-tests.sh, `ours` a reading of ours, where both are silent.
 */
import { type ExecBit, securebitsFromNames } from "./securebits.ts";

/**
 * Where code comes from:
 * - `file`: a path (script argument, imported module, startup file) that opens to a regular file;
 * - `stream`: a path that opens to anything else (a FIFO; a pipe or a terminal through /dev/stdin or
 *   /proc/self/fd/N; a process substitution; a socket cannot be opened by a path: ENXIO);
 * - `stdin`: standard input, whatever it is: a file, a pipe, a socket, a terminal;
 * - `snippet`: text with no file behind it, such as that of `-c` or of an environment variable.
 */
export type Source = "file" | "stream" | "stdin" | "snippet";

/** The bits under which a source is refused if its check fails. A snippet has nothing to check: that counts as failing. */
const REFUSED_UNDER: Readonly<Record<Source, readonly ExecBit[]>> = {
  // doc, test.
  file: ["SECBIT_EXEC_RESTRICT_FILE"],
  // ours: piped text is user commands, by whatever name it is opened. The kernel's sample asks RESTRICT_FILE alone here,
  // so that `inc /dev/stdin` runs what `inc -i` refuses.
  stream: ["SECBIT_EXEC_RESTRICT_FILE", "SECBIT_EXEC_DENY_INTERACTIVE"],
  // doc, test. RESTRICT_FILE alone lets a non-executable file on standard input run: the test wants it, though a sentence
  // of the document could be read otherwise.
  stdin: ["SECBIT_EXEC_DENY_INTERACTIVE"],
  // doc, test.
  snippet: ["SECBIT_EXEC_DENY_INTERACTIVE"],
};

/** What the kernel said of a file: 0 for passed, else the errno; "nothing" for text without a file, or a part of one. */
export type CheckResult = number | "nothing";

/** Run it, or refuse it because of these bits (never an empty list). */
export type Decision = { readonly run: true } | { readonly run: false; readonly because: readonly ExecBit[] };

/**
 * May this code run?
 *
 * Any failure of the check counts alike, whatever its errno (doc: the interpreter cannot know why).
 *
 * @param source Where the code comes from.
 * @param check What the kernel said of it.
 * @param securebits The bits in force, as PR_GET_SECUREBITS gives them; others than the two exec bits do not matter.
 */
export function decide(source: Source, check: CheckResult, securebits: number): Decision {
  if (check === 0) return { run: true };
  const because = REFUSED_UNDER[source].filter((bit) => (securebits & securebitsFromNames([bit])) !== 0);
  return because.length === 0 ? { run: true } : { run: false, because };
}
