import type { CompiledUnit } from "../compiler/compile.ts";
import type { TraceStep } from "../diagnostics/diagnostic.ts";
import type { Slots } from "../values/value.ts";

/** Where a unit runs. */
export interface Placement {
  /** The variables of its top level; made longer where the unit has more. */
  readonly slots: Slots;
  /** How deep the calls are. */
  readonly depth: number;
  /** What a trace says was entered: `eval`, `module util`. */
  readonly title: string;
  readonly how: TraceStep["how"];
}

/** What is kept of a unit, so that an error's stack can be told in terms of the script. */
export type LoadedUnit = Pick<CompiledUnit, "source" | "text" | "titles"> & Pick<Placement, "title" | "how">;

const PREFIX = "inc:";

/** What the host calls the generated code of a unit. */
export function unitName(number: number): string {
  return `${PREFIX}${number}`;
}

/** The number of the unit that the host calls so; undefined for code that is not a unit's. */
export function unitNumber(name: string | undefined): number | undefined {
  return name?.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : undefined;
}
