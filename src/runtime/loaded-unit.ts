import type { CompiledUnit } from "../compiler/compile.ts";
import type { TraceStep } from "../diagnostics/diagnostic.ts";
import type { Slots } from "../values/value.ts";

/** Where a unit runs. */
export interface Placement {
  /** The variables of its top level. Extended if the unit has more. */
  readonly slots: Slots;
  /** How deep the calls are. */
  readonly depth: number;
  /** What a trace says was entered: `eval`, `module util`. */
  readonly title: string;
  readonly how: TraceStep["how"];
}

/** What is kept of a unit, in order to read an error's stack in terms of the script. */
export type LoadedUnit = Pick<CompiledUnit, "source" | "text" | "titles"> & Pick<Placement, "title" | "how">;

const PREFIX = "inc:";

/** What the host calls the generated code of a unit. */
export function unitName(number: number): string {
  return `${PREFIX}${number}`;
}

/** The number of the unit with this name; undefined for other code. */
export function unitNumber(name: string | undefined): number | undefined {
  return name?.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : undefined;
}
