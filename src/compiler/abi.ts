import type { Span } from "../diagnostics/diagnostic.ts";
import type { RangeSpan } from "../values/range.ts";
import type { IncFunction, IncModule, Integer, Key, Slots, Value } from "../values/value.ts";
import { type Js, js } from "./js.ts";

/**
 * What generated code and the runtime must agree on: the names by which the code calls helpers and reads what it is handed.
 * Templates take these names from here, and the runtime takes its types from here, so that a name which only one side knows
 * does not type-check.
 */

/** A unit's generated code, evaluated: takes what it needs from outside, gives the function that runs it. */
export type Wrapper = (handed: Handed) => RunUnit;

/** Runs a unit. Gives the value of its last expression; undefined if it has none. */
export type RunUnit = (depth: number) => Value | undefined;

/** What generated code is handed. The names are short because there may be thousands of uses. */
export interface Handed {
  /** The helpers. */
  readonly k: Helpers;
  /** What holds the counter. */
  readonly w: Counter;
  /** The constants of the source: strings and large integers. */
  readonly c: readonly Key[];
  /** The spans of its runs of `+`. */
  readonly r: readonly (readonly Span[])[];
  /** The variables of its top level, where they outlive the run. */
  readonly s: Slots;
  /** Built-in functions, for calls with a right number of arguments. */
  readonly b: readonly IncFunction[];
  /** The same as values, which look at the number of arguments. */
  readonly q: readonly IncFunction[];
  /** The helpers that depend on the source. */
  readonly u: UnitHelpers;
}

export interface Counter {
  counter: Integer;
}

/** The helpers that depend on the source they are called from: imports start from there. */
export interface UnitHelpers {
  evaluate(depth: number, text: Value): Value;
  readonly evalFunction: IncFunction;
  use(depth: number, path: string, name: string): IncModule;
}

/** The helpers that are the same for every source. */
export interface Helpers {
  // Operators, on any values.
  add(a: Value, b: Value): Value;
  subtract(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  remainder(a: Value, b: Value): Value;
  negate(a: Value): Value;
  less(a: Value, b: Value): boolean;
  lessOrEqual(a: Value, b: Value): boolean;
  greater(a: Value, b: Value): boolean;
  greaterOrEqual(a: Value, b: Value): boolean;
  /** Rounds a quotient toward zero. */
  trunc(quotient: number): number;

  // Containers.
  list(items: Value[]): Value[];
  map(keysAndValues: Value[]): Map<Key, Value>;
  index(object: Value, key: Value): Value;
  setIndex(object: Value, key: Value, value: Value): void;
  member(object: Value, name: string): Value;
  isList(value: Value): boolean;
  /** To be called before each `push`. */
  makeRoom(list: Value[]): void;

  // What `for` runs over.
  each(value: Value): readonly Value[] | string;
  eachOfSteady(value: Value): readonly Value[] | string;
  span(first: Value, second?: Value, third?: Value): RangeSpan;
  wide(span: RangeSpan, index: number): Integer;

  // Statements.
  plus(): void;
  plusRun(count: number, spans: readonly Span[]): void;
  ask(): void;
  line(value: Value): void;
  words(values: readonly Value[]): void;
  /** What may be assigned to the counter. */
  whole(value: Value): Integer;

  // Functions.
  fn(code: IncFunction, title: string | null): IncFunction;

  // Errors.
  notBoolean(value: Value): never;
  uncallable(value: Value): never;
  unset(name: string): never;
  wrongCount(title: string | null, count: number): never;
  deep(): never;
}

/** Names as code. Each stands in a template, as all generated code does. */
type Names<T> = { readonly [K in keyof T]: Js };

export const HANDED: Names<Handed> = {
  k: js`k`,
  w: js`w`,
  c: js`c`,
  r: js`r`,
  s: js`s`,
  b: js`b`,
  q: js`q`,
  u: js`u`,
};

export const UNIT_HELPER: Names<UnitHelpers> = {
  evaluate: js`evaluate`,
  evalFunction: js`evalFunction`,
  use: js`use`,
};

export const HELPER: Names<Helpers> = {
  add: js`add`,
  subtract: js`subtract`,
  multiply: js`multiply`,
  divide: js`divide`,
  remainder: js`remainder`,
  negate: js`negate`,
  less: js`less`,
  lessOrEqual: js`lessOrEqual`,
  greater: js`greater`,
  greaterOrEqual: js`greaterOrEqual`,
  trunc: js`trunc`,
  list: js`list`,
  map: js`map`,
  index: js`index`,
  setIndex: js`setIndex`,
  member: js`member`,
  isList: js`isList`,
  makeRoom: js`makeRoom`,
  each: js`each`,
  eachOfSteady: js`eachOfSteady`,
  span: js`span`,
  wide: js`wide`,
  plus: js`plus`,
  plusRun: js`plusRun`,
  ask: js`ask`,
  line: js`line`,
  words: js`words`,
  whole: js`whole`,
  fn: js`fn`,
  notBoolean: js`notBoolean`,
  uncallable: js`uncallable`,
  unset: js`unset`,
  wrongCount: js`wrongCount`,
  deep: js`deep`,
};

export const COUNTER_CODE: Js = js`${HANDED.w}.counter`;

/** The name of a function of the source, by which a stack tells it; 0 is the top level. */
export function functionName(number: number): Js {
  return js`f${number}`;
}

/** A part of a long top level. On a stack it stands before the top level, which called it. */
export const CHUNK_NAME: Js = js`g`;

/** Reads a name back: gives the number of the function; "chunk" for a part of the top level. */
export function functionNumber(name: string | undefined): number | "chunk" {
  return name === "g" ? "chunk" : Number(/^f(\d+)$/.exec(name ?? "")?.[1] ?? 0);
}
