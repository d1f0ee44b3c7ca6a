/** What an attempt is, and what it is made with. */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Adapter, Entry } from "../adapter/adapter.ts";
import type { MarkedProgram } from "../adapter/marker.ts";
import type { Values } from "../adapter/template.ts";
import type { Enforced } from "../requirements/always.ts";
import type { Way } from "../requirements/ways.ts";
import type { Workplace } from "../sandbox/workplace.ts";
import type { Stage } from "./stage.ts";
import type { Turns } from "./turns.ts";

/** What every attempt at one interpreter has in common. */
export interface Setting {
  readonly workplace: Workplace;
  readonly adapter: Adapter;
  /** The interpreter's absolute path. */
  readonly interpreter: string;
  /** The arguments that name it on the command line. */
  readonly given: readonly string[];
  /** What the build is declared to enforce always. */
  readonly always: readonly Enforced[];
  /** The absolute path of the same program built without that. */
  readonly twin: string | undefined;
  readonly timeoutMs: number;
  /** How long it took to start, where the time limit comes from that. */
  readonly startMs?: number;
  /** The turns of all attempts of this run. */
  readonly turns: Turns;
}

/** Code that is handed over in one way, in one mode. */
export interface Attempt {
  readonly way: Way;
  readonly entry: Entry;
  readonly mode: Mode;
  /** Whether the bits are locked. */
  readonly locked?: boolean;
  /** Set where it is not tried again when its time is over. */
  readonly once?: true;
  /** Gives a tracer's command, which stands directly before the interpreter's. */
  readonly before?: (stage: Stage) => readonly string[];
  /** The log that a tracer writes. */
  readonly log?: string;
  /** Called when the stage is built, before the command starts. */
  readonly arrange?: (stage: Stage, program: MarkedProgram) => void;
  /** Called when the command has started; what it gives is called when it has ended. */
  readonly meanwhile?: (stage: Stage, pid: number) => () => void;
}

/** What has been made ready for an attempt. */
export interface Ready {
  readonly stage: Stage;
  readonly code: Uint8Array;
  readonly program: MarkedProgram;
  /** The executable program that the code is handed over beside; undefined where none can be told from it. */
  readonly beside: MarkedProgram | undefined;
  /** What the file holds: the program, or where it is loaded twice, one of its own. */
  readonly loaded: MarkedProgram;
  /** What placeholders are replaced by. */
  readonly values: Values & { readonly program: string };
  /** What to call when the attempt is over, the last one first. */
  readonly stops: (() => void)[];
}
