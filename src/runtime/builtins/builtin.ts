import { ScriptError, WrongCount } from "../../values/script-error.ts";
import { aTypeOf, type IncFunction, type Value } from "../../values/value.ts";

/** A built-in function: its name, and how many arguments it takes. */
export interface Builtin {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Called with a right number of arguments. */
  readonly run: IncFunction;
}

export function takes(name: string, least: number, most: number, run: IncFunction): Builtin {
  return { name, least, most, run };
}

/** A built-in function as a value, which checks the number of arguments. */
export function functionValue({ name, least, most, run }: Builtin): IncFunction {
  const value: IncFunction = (depth, ...values) => {
    if (values.length < least || values.length > most) throw new WrongCount(name, least, most);
    return run(depth, ...values);
  };
  value.title = name;
  return value;
}

/** The error for an argument of the wrong type. */
export function wrong(name: string, wanted: string, value: Value): never {
  throw new ScriptError(`\`${name}\` takes ${wanted}, not ${aTypeOf(value)}`);
}

export function text(name: string, value: Value): string {
  return typeof value === "string" ? value : wrong(name, "a string", value);
}

export function list(name: string, value: Value): Value[] {
  return Array.isArray(value) ? value : wrong(name, "a list", value);
}

/** In UTF-16 units. */
const SHOWN = 60;

/** A text cut to what a message shows of it. */
export function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
