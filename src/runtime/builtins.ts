import type { BuiltinNames } from "../compiler/unit.ts";
import { decodeText } from "../diagnostics/source.ts";
import { checkKey, makeRoom, position } from "../values/containers.ts";
import { isInteger, parseInteger } from "../values/integer.ts";
import { charge, checkListLength, checkTextLength } from "../values/memory.ts";
import { printed, shown } from "../values/print-value.ts";
import { listOfRange, spanOfRange } from "../values/range.ts";
import { ExitRequest, ScriptError, WrongCount } from "../values/script-error.ts";
import { characters, textFind, textLength, textSlice } from "../values/text.ts";
import { aTypeOf, type IncFunction, typeName, type Value } from "../values/value.ts";
import { readLineBytes } from "./input.ts";
import { Unavailable, type World } from "./world.ts";

interface Builtin {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Called with a right number of arguments. */
  readonly run: IncFunction;
}

export interface Builtins {
  readonly names: BuiltinNames;
  /** For calls that are known to have a right number of arguments. */
  readonly direct: readonly IncFunction[];
  /** The same as values, which look at that number. */
  readonly values: readonly IncFunction[];
}

/** The built-in functions of docs/language.md, in its order; `eval` alone depends on where it is called. */
export function createBuiltins(world: World): Builtins {
  const table: Builtin[] = [...valueFunctions(), ...outsideFunctions(world)];
  const numbers = new Map(table.map(({ name, least, most }, number) => [name, { number, least, most }]));
  return {
    names: { find: (name) => numbers.get(name), names: [...numbers.keys()] },
    direct: table.map(({ run }) => run),
    values: table.map(functionValue),
  };
}

/** A built-in as a value of the language. */
export function functionValue({ name, least, most, run }: Builtin): IncFunction {
  const value: IncFunction = (depth, ...values) => {
    if (values.length < least || values.length > most) throw new WrongCount(name, least, most);
    return run(depth, ...values);
  };
  value.title = name;
  return value;
}

function takes(name: string, least: number, most: number, run: IncFunction): Builtin {
  return { name, least, most, run };
}

const STR = "`str(x)` gives the text of a value";

/** Where one is asked for and it is another, says which function wanted what. */
function wrong(name: string, wanted: string, value: Value): never {
  throw new ScriptError(`\`${name}\` takes ${wanted}, not ${aTypeOf(value)}`);
}

function text(name: string, value: Value): string {
  return typeof value === "string" ? value : wrong(name, "a string", value);
}

function list(name: string, value: Value): Value[] {
  return Array.isArray(value) ? value : wrong(name, "a list", value);
}

function valueFunctions(): Builtin[] {
  return [
    takes("len", 1, 1, (_, x) => {
      if (Array.isArray(x)) return x.length;
      if (typeof x === "string") return textLength(x);
      return x instanceof Map ? x.size : wrong("len", "a string, a list or a map", x as Value);
    }),
    takes("str", 1, 1, (_, x) => printed(x as Value)),
    takes("int", 1, 1, (_, x) => {
      const integer = parseInteger(text("int", x as Value));
      if (integer !== undefined) return integer;
      throw new ScriptError(`${shorten(shown(x as Value))} is not an integer of 64 bits`);
    }),
    takes("type", 1, 1, (_, x) => typeName(x as Value)),
    takes("push", 2, 2, (_, items, x) => {
      const values = list("push", items as Value);
      makeRoom(values);
      values.push(x as Value);
      return null;
    }),
    takes("pop", 1, 1, (_, items) => {
      const last = list("pop", items as Value).pop();
      if (last === undefined) throw new ScriptError("the list is empty");
      return last;
    }),
    takes("keys", 1, 1, (_, x) => {
      if (!(x instanceof Map)) return wrong("keys", "a map", x as Value);
      charge(x.size * 16);
      return [...x.keys()];
    }),
    takes("has", 2, 2, (_, x, key) =>
      x instanceof Map ? x.has(checkKey(key as Value)) : wrong("has", "a map", x as Value),
    ),
    takes("range", 1, 3, (_, first, second, third) =>
      listOfRange(spanOfRange(first as Value, second, third)),
    ),
    takes("split", 2, 2, (_, x, by) => {
      const separator = text("split", by as Value);
      const parts =
        separator === "" ? characters(text("split", x as Value)) : text("split", x as Value).split(separator);
      checkListLength(parts.length);
      charge(parts.length * 40);
      return parts;
    }),
    takes("join", 2, 2, (_, items, by) => {
      const parts = list("join", items as Value).map((item, i) => {
        if (typeof item === "string") return item;
        throw new ScriptError(`\`join\` takes a list of strings: element ${i} is ${aTypeOf(item)}`, STR);
      });
      const separator = text("join", by as Value);
      const length = parts.reduce((sum, part) => sum + part.length + separator.length, 0);
      checkTextLength(length);
      charge(length);
      return parts.join(separator);
    }),
    takes("slice", 3, 3, (_, x, a, b) => {
      if (typeof x === "string")
        return textSlice(x, ...bounds("string", textLength(x), a as Value, b as Value));
      if (!Array.isArray(x)) return wrong("slice", "a string or a list", x as Value);
      charge(x.length * 8);
      return x.slice(...bounds("list", x.length, a as Value, b as Value));
    }),
    takes("find", 2, 2, (_, x, y) => {
      if (typeof x === "string") return textFind(x, text("find", y as Value)) ?? null;
      const at = Array.isArray(x) ? x.indexOf(y as Value) : wrong("find", "a string or a list", x as Value);
      return at < 0 ? null : at;
    }),
  ];
}

/** The bounds of a slice: like indexes, but the end may be the length. */
function bounds(what: string, length: number, a: Value, b: Value): [number, number] {
  const [from, to] = [a, b].map((bound) => {
    if (!isInteger(bound)) return wrong("slice", "integers for its bounds", bound);
    return bound === length ? length : position(length, bound, what);
  }) as [number, number];
  if (to < from) throw new ScriptError(`the end of the slice, ${to}, is before its start, ${from}`);
  return [from, to];
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function outsideFunctions(world: World): Builtin[] {
  const { output, errors, input } = world;
  return [
    takes("read_line", 0, 0, () => {
      output.flush();
      const bytes = readLineBytes(input);
      return bytes === undefined ? null : decoded(bytes, "the line");
    }),
    takes("read_file", 1, 1, (_, path) => {
      const name = text("read_file", path as Value);
      return decoded(
        available(() => world.readData(name)),
        shorten(shown(name)),
      );
    }),
    takes("eprint", 0, Number.POSITIVE_INFINITY, (_, ...values) => {
      output.flush();
      errors.write(`${values.map(printed).join(" ")}\n`);
      return null;
    }),
    takes("args", 0, 0, () => world.args.map((bytes, i) => decoded(bytes, `argument ${i + 1}`))),
    takes("env", 1, 1, (_, name) => {
      const variable = text("env", name as Value);
      const bytes = available(() => world.env(variable));
      return bytes === undefined ? null : decoded(bytes, `the variable ${shorten(shown(name as Value))}`);
    }),
    takes("exit", 1, 1, (_, status) => {
      if (!isInteger(status)) return wrong("exit", "an integer", status as Value);
      if (status < 0 || status > 255) throw new ScriptError(`an exit status is 0 to 255, not ${status}`);
      throw new ExitRequest(Number(status));
    }),
    takes("fail", 1, 1, (_, message) => {
      throw new ScriptError(text("fail", message as Value));
    }),
  ];
}

/** What the outside would not give is an error of the script. */
function available<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unavailable) throw new ScriptError(error.message, error.hint);
    throw error;
  }
}

function decoded(bytes: Uint8Array, what: string): string {
  const result = decodeText(bytes);
  if (!result.ok) throw new ScriptError(`${what} is no text: ${result.message}, at byte ${result.offset}`);
  checkTextLength(result.text.length);
  charge(result.text.length);
  return result.text;
}
