import { constants as os } from "node:os";

/** How a program ends: with a status, or by a signal, like a program that does not handle it. */
export type Ending = number | "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGQUIT" | "SIGTERM";

/**
 * Ends the process; all output is written by now. Nothing else in the programs sets an exit status.
 *
 * @param fast A faster way to end with a status, tried first. It returns only where it fails, or throws.
 */
export function leave(ending: Ending, fast?: (status: number) => void): never {
  if (typeof ending === "number") return exit(ending, fast);
  // Node ignores SIGPIPE and catches SIGINT; a listener that comes and goes puts the default back.
  process.on(ending, () => {});
  process.removeAllListeners(ending);
  process.kill(process.pid, ending);
  // A blocked signal waits. The status is then the one by which a shell reports that signal.
  return exit(128 + os.signals[ending], fast);
}

function exit(status: number, fast?: (status: number) => void): never {
  try {
    fast?.(status);
  } catch {
    // Node's own way is slower, but cannot fail.
  }
  return process.exit(status);
}
