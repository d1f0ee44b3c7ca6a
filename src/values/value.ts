/**
 * A value of the language. An integer is a number where that is exact, and a BigInt otherwise. So each integer has one
 * form, `===` compares integers, and a JavaScript Map compares keys as the language does.
 */
export type Value = null | boolean | Integer | string | Value[] | IncMap | IncFunction | IncModule;

export type Integer = number | bigint;
export type Key = string | Integer;
export type IncMap = Map<Key, Value>;

/** A function of a script, or a built-in one. It is called with the depth of calls, and then its arguments. */
export interface IncFunction {
  (depth: number, ...args: Value[]): Value;
  /** The name it was declared with; null for a function expression. */
  title?: string | null;
}

/** A module that runs or has run. Its names give the present values of its variables. */
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

/** The variables of a top level that others can read. Each is undefined until its `let` has run. */
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

/** A type with its article, for a message: `an integer`, `a list`. */
export function aTypeOf(value: Value): string {
  const name = typeName(value);
  if (name === "nil") return name;
  return name === "integer" ? "an integer" : `a ${name}`;
}
