import { checkKey, makeRoom, position } from "../../values/containers.ts";
import { isInteger, parseInteger } from "../../values/integer.ts";
import { charge, checkListLength, checkTextLength } from "../../values/memory.ts";
import { printed, shown } from "../../values/print-value.ts";
import { listOfRange, spanOfRange } from "../../values/range.ts";
import { ScriptError } from "../../values/script-error.ts";
import { characters, textFind, textLength, textSlice } from "../../values/text.ts";
import { aTypeOf, typeName, type Value } from "../../values/value.ts";
import { type Builtin, list, shorten, takes, text, wrong } from "./builtin.ts";

const STR = "`str(x)` gives the text of a value";

/** The built-in functions that need nothing but their arguments, in the order of docs/language.md. */
export function valueFunctions(): Builtin[] {
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
      throw new ScriptError(`${shorten(shown(x as Value))} is not a 64-bit integer`);
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

/** Checks the bounds of a slice. They are like indexes, but may also be the length. */
function bounds(what: string, length: number, a: Value, b: Value): [number, number] {
  const [from, to] = [a, b].map((bound) => {
    if (!isInteger(bound)) return wrong("slice", "integers for its bounds", bound);
    return bound === length ? length : position(length, bound, what);
  }) as [number, number];
  if (to < from) throw new ScriptError(`the end of the slice, ${to}, is before its start, ${from}`);
  return [from, to];
}
