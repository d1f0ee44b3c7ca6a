import { constants as os } from "node:os";

/** How a program ends: with a status, or by a signal as a program does that does not handle it. */
export type Ending = number | "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGQUIT" | "SIGTERM";

/**
 * Leaves the process. Everything to be written is written by now. The only place that sets an exit status.
 *
 * @param fast Another way to end with a status, tried first: it does not return, unless it fails.
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
    // Node's own way is slower, and there is always that.
  }
  return process.exit(status);
}
