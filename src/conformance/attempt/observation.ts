import type { Mode } from "../../exec-check/exec-check.ts";
import type { MarkedProgram } from "../adapter/marker.ts";
import type { Ended } from "../sandbox/launch.ts";
import type { Missing } from "../sandbox/missing.ts";

/** What came of an attempt: an observation; or none, because what it takes is not to be had here. */
export type Attempted = Observation | Missing;

/** What was observed of an attempt. */
export interface Observation {
  readonly command: readonly string[];
  /** What the adapter added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly program: MarkedProgram;
  /** It ran to its marker. */
  readonly ran: boolean;
  /** Some of it ran. */
  readonly ranPartly: boolean;
  /**
   * What the code was handed over beside ran to its marker: the script that a variable, a startup file or a cache comes
   * with, or the head of a file that standard input stands behind. Undefined where there is none.
   */
  readonly besideRan: boolean | undefined;
  readonly ended: Ended;
}
