import { isInteger } from "./integer.ts";
import { charge, checkListLength, MAX_MAP, tooManyEntries } from "./memory.ts";
import { shown } from "./print-value.ts";
import { ScriptError } from "./script-error.ts";
import { characters, textLength, textSlice } from "./text.ts";
import { aTypeOf, IncModule, type Key, type Value } from "./value.ts";

/** `object[key]` */
export function index(object: Value, key: Value): Value {
  if (Array.isArray(object)) {
    if (typeof key === "number" && key >= 0 && key < object.length) return object[key] as Value;
    return object[position(object.length, key, "list")] as Value;
  }
  if (object instanceof Map) {
    const value = object.get(key as Key);
    if (value !== undefined) return value;
    throw new ScriptError(
      `the map has no key ${shown(checkKey(key))}`,
      "`has(map, key)` tells whether a key is there",
    );
  }
  if (typeof object === "string") {
    const at = position(textLength(object), key, "string");
    return textSlice(object, at, at + 1);
  }
  throw new ScriptError(`${aTypeOf(object)} has no elements`);
}

/** `object[key] = value` */
export function setIndex(object: Value, key: Value, value: Value): void {
  if (Array.isArray(object)) {
    if (typeof key === "number" && key >= 0 && key < object.length) object[key] = value;
    else object[position(object.length, key, "list")] = value;
  } else if (object instanceof Map) {
    const { size } = object;
    if (size === MAX_MAP && !object.has(checkKey(key))) throw tooManyEntries();
    object.set(checkKey(key), value);
    if (object.size > size) charge(64);
  } else if (typeof object === "string") {
    throw new ScriptError("a string cannot be changed", "make a new one with `slice` and `+`");
  } else throw new ScriptError(`${aTypeOf(object)} has no elements`);
}

/** Checks an index, and turns one that counts from the end (a negative one) into one from the start. */
export function position(length: number, key: Value, what: string): number {
  if (!isInteger(key))
    throw new ScriptError(`the index of a ${what} must be an integer, not ${aTypeOf(key)}`);
  const at = typeof key === "number" && key < 0 ? key + length : key;
  if (typeof at === "number" && at >= 0 && at < length) return at;
  const hint = what === "list" && key === length ? "`push(list, x)` adds an element" : undefined;
  throw new ScriptError(`index ${key} is outside a ${what} of length ${length}`, hint);
}

export function checkKey(key: Value): Key {
  if (typeof key === "string" || isInteger(key)) return key;
  throw new ScriptError(`the key of a map must be a string or an integer, not ${aTypeOf(key)}`);
}

/** The value of a list literal. */
export function list(items: Value[]): Value[] {
  charge(items.length * 8 + 32);
  return items;
}

/** From so many elements on, a full list gets twice the room. */
const LARGE = 1 << 10;
/** If it grew by more at a time, V8 would make the list a hash table. */
const LARGEST = 1 << 24;

/** How much room each list was given. V8 may take that back when the list shrinks, and then gives it again by itself. */
const roomOf = new WeakMap<Value[], number>();

/**
 * To be called before each `push`. By itself V8 makes a full list half as large again, and has then touched 3.8 times the
 * memory that the list takes in the end; with twice the room it is 3 times.
 */
export function makeRoom(list: Value[]): void {
  const { length } = list;
  charge(16);
  if (length < LARGE || (length & (length - 1)) !== 0) return;
  checkListLength(length + 1);
  // To make room copies the list. One that is popped and pushed at this very length is copied only once.
  if (length > LARGEST || (roomOf.get(list) ?? 0) > length) return;
  roomOf.set(list, 2 * length);
  // Not more than twice, because V8 takes room away from a list that uses less than half of it.
  list.length = 2 * length;
  list.length = length;
}

/** The value of a map literal, from keys and values in turn. */
export function map(items: Value[]): Map<Key, Value> {
  const result = new Map<Key, Value>();
  charge(items.length * 32 + 64);
  for (let i = 0; i < items.length; i += 2) {
    const key = checkKey(items[i] as Value);
    if (result.has(key)) throw new ScriptError(`the key ${shown(key)} occurs twice`);
    result.set(key, items[i + 1] as Value);
  }
  return result;
}

/** What `for` runs over: a copy, which stays as it is at the start. */
export function each(value: Value): readonly Value[] | string {
  if (Array.isArray(value)) {
    charge(value.length * 8);
    return value.slice();
  }
  return eachOfSteady(value);
}

/** The same for a loop that changes no list, so that no copy is needed. */
export function eachOfSteady(value: Value): readonly Value[] | string {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") {
    // Where characters and UTF-16 units agree, a text can be read by index as a list of its characters can.
    if (textLength(value) === value.length) return value;
    charge(value.length * 8);
    return characters(value);
  }
  if (value instanceof Map) {
    charge(value.size * 8);
    return [...value.keys()];
  }
  throw new ScriptError(`\`for\` runs over a list, a string or a map, not ${aTypeOf(value)}`);
}

/** `object.name` */
export function member(object: Value, name: string): Value {
  if (!(object instanceof IncModule)) {
    const hint = object instanceof Map ? `a map entry is written \`m[${shown(name)}]\`` : undefined;
    throw new ScriptError(`${aTypeOf(object)} has no names: \`.${name}\` reads a name of a module`, hint);
  }
  const slot = object.slotOf.get(name);
  if (slot === undefined) throw new ScriptError(`module ${object.name} has no name \`${name}\``);
  const value = object.slots[slot];
  if (value === undefined) throw new ScriptError(`\`${name}\` of module ${object.name} has no value yet`);
  return value;
}
