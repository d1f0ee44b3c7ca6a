import type { BuiltinNames } from "../../compiler/unit.ts";
import type { IncFunction } from "../../values/value.ts";
import type { World } from "../world.ts";
import { type Builtin, functionValue } from "./builtin.ts";
import { outsideFunctions } from "./outside-functions.ts";
import { valueFunctions } from "./value-functions.ts";

export interface Builtins {
  readonly names: BuiltinNames;
  /** By number, for calls with a right number of arguments. */
  readonly direct: readonly IncFunction[];
  /** The same as values, which check the number of arguments. */
  readonly values: readonly IncFunction[];
}

/** The built-in functions of docs/language.md, in its order. `eval` is not among them: it depends on where it is called. */
export function createBuiltins(world: World): Builtins {
  const table: Builtin[] = [...valueFunctions(), ...outsideFunctions(world)];
  const numbers = new Map(table.map(({ name, least, most }, number) => [name, { number, least, most }]));
  return {
    names: { find: (name) => numbers.get(name), names: [...numbers.keys()] },
    direct: table.map(({ run }) => run),
    values: table.map(functionValue),
  };
}
