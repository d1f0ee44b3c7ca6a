import { constants as os } from "node:os";

/** How a program ends: with a status, or by a signal as a program does that does not handle it. */
export type Ending = number | "SIGHUP" | "SIGINT" | "SIGPIPE" | "SIGQUIT" | "SIGTERM";

/**
 * Leaves the process. The only place that sets an exit status; everything to be written is written by now.
 *
 * @param exit How to end with a status.
 */
export function leave(ending: Ending, exit: (status: number) => never = process.exit): never {
  if (typeof ending === "number") return exit(ending);
  // Node ignores SIGPIPE and catches SIGINT; a listener that comes and goes puts the default back.
  process.on(ending, () => {});
  process.removeAllListeners(ending);
  process.kill(process.pid, ending);
  // A signal that is blocked has to wait: then its status, as a shell would report it, must do.
  return exit(128 + os.signals[ending]);
}
