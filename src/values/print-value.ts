import { quoteText } from "../diagnostics/quote-text.ts";
import { charge, checkTextLength } from "./memory.ts";
import { makeOnePiece } from "./text.ts";
import { IncModule, type Key, type Value } from "./value.ts";

const PIECE = 1 << 12;

/** A container that is being printed, and what of it is left. */
interface Level {
  readonly container: Value[] | Map<Key, Value>;
  readonly rest: Iterator<Value> | Iterator<[Key, Value]>;
  readonly close: string;
  first: boolean;
}

/** A value as `print` and `str` show it: a string as it is, but quoted inside of a container. */
export function printed(value: Value): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : shown(value);
}

/**
 * A value as it is shown in a container or at the prompt: a string is quoted. Uses a list of levels and not recursion,
 * because values may nest deeper than the stack; and counts what it makes, because a list that holds another twice, which
 * holds another twice, and so on, prints as more text than fits in memory.
 */
export function shown(value: Value): string {
  const levels: Level[] = [];
  const open = new Set<Value>();
  // Made one piece now and then, because a text of many small pieces takes some twenty times its length.
  const parts: string[] = [];
  let length = 0;
  let text = begin(value, levels, open);
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const next = level.rest.next();
    if (next.done) {
      text += level.close;
      open.delete(level.container);
      levels.pop();
      continue;
    }
    if (!level.first) text += ", ";
    level.first = false;
    if (Array.isArray(level.container)) text += begin(next.value as Value, levels, open);
    else {
      const [key, item] = next.value as [Key, Value];
      text += `${typeof key === "string" ? quoteText(key) : String(key)}: `;
      text += begin(item, levels, open);
    }
    if (text.length > PIECE) {
      makeOnePiece(text);
      parts.push(text);
      length += text.length;
      charge(text.length);
      checkTextLength(length);
      text = "";
    }
  }
  return parts.length === 0 ? text : parts.join("") + text;
}

function begin(value: Value, levels: Level[], open: Set<Value>): string {
  if (value === null) return "nil";
  switch (typeof value) {
    case "string":
      return quoteText(value);
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "function":
      return value.title ? `fn ${value.title}` : "fn";
    default:
  }
  if (value instanceof IncModule) return `module ${value.name}`;
  const isList = Array.isArray(value);
  if (open.has(value)) return isList ? "[...]" : "{...}";
  open.add(value);
  const rest = isList ? value.values() : value.entries();
  levels.push({ container: value, rest, close: isList ? "]" : "}", first: true });
  return isList ? "[" : "{";
}
