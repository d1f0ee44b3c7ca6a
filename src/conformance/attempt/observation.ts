import type { Mode } from "../../exec-check/exec-check.ts";
import type { MarkedProgram } from "../adapter/marker.ts";
import type { Ended } from "../sandbox/launch.ts";
import type { Missing } from "../sandbox/missing.ts";

/** What came of an attempt: an observation, or what was missing here to make it. */
export type Attempted = Observation | Missing;

/** What was observed of an attempt. */
export interface Observation {
  readonly command: readonly string[];
  /** What the adapter added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly program: MarkedProgram;
  /** Whether the code ran to its marker. */
  readonly ran: boolean;
  /** Whether any of it ran. */
  readonly ranPartly: boolean;
  /**
   * What the code was handed over beside ran to its marker: the script that a variable, a startup file or a cache comes
   * with, or the head of a file that standard input stands behind. Undefined where there is none.
   */
  readonly besideRan: boolean | undefined;
  readonly ended: Ended;
  /** Set of a second attempt, which was made alone, because the first ran out of time. */
  readonly isSecond?: true;
}
