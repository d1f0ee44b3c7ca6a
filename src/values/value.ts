/**
 * A value of the language. An integer is a number while that is exact, otherwise a BigInt, never both for one
 * integer: so `===` compares integers, and a JavaScript Map tells keys apart as the language does.
 */
export type Value = null | boolean | Integer | string | Value[] | IncMap | IncFunction | IncModule;

export type Integer = number | bigint;
export type Key = string | Integer;
export type IncMap = Map<Key, Value>;

/** A function of a script or a built-in: called with how deep the calls are, then its arguments. */
export interface IncFunction {
  (depth: number, ...args: Value[]): Value;
  /** The name it was declared with; null for a function expression. */
  title?: string | null;
}

/** A module that runs or has run: its names, live. */
export class IncModule {
  readonly name: string;
  readonly slots: Slots;
  readonly slotOf: ReadonlyMap<string, number>;

  constructor(name: string, slots: Slots, slotOf: ReadonlyMap<string, number>) {
    this.name = name;
    this.slots = slots;
    this.slotOf = slotOf;
  }
}

/** The variables of a module or a prompt; undefined until their `let` has run. */
export type Slots = (Value | undefined)[];

export type TypeName = "integer" | "string" | "boolean" | "nil" | "list" | "map" | "function" | "module";

export function typeName(value: Value): TypeName {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "integer";
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    default:
      if (value === null) return "nil";
      if (Array.isArray(value)) return "list";
      return value instanceof Map ? "map" : "module";
  }
}

/** `an integer`, `a list`: a type in a message. */
export function aTypeOf(value: Value): string {
  const name = typeName(value);
  if (name === "nil") return name;
  return name === "integer" ? "an integer" : `a ${name}`;
}
