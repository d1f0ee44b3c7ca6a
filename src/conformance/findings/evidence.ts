import type { Observation } from "../attempt/observation.ts";
import type { Evidence } from "./findings.ts";
import { SHOWN } from "./shown.ts";

/**
 * Turns an observation into evidence.
 *
 * @param what What was observed, in words.
 */
export function evidenceOf(what: string, seen: Observation): Evidence {
  const { status, signal, hung, stdout, stderr, ms, notStarted } = seen.ended;
  return {
    what,
    command: seen.command,
    env: seen.env,
    mode: seen.mode,
    marker: seen.program.marker,
    ran: seen.ran,
    status,
    signal,
    hung,
    stdout: stdout.slice(0, SHOWN.output),
    stderr: (notStarted ?? stderr).slice(0, SHOWN.output),
    ms: Math.round(ms),
  };
}
