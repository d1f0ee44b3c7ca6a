import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type { Problem } from "../parser/problem.ts";
import type { Key } from "../values/value.ts";
import { HANDED } from "./abi.ts";
import { type Js, js } from "./js.ts";
import type { FunctionScope, Scope } from "./scope.ts";

/** What a source is for. Decides where its variables are kept and what its last statement may be. */
export type UnitKind = "main" | "module" | "eval" | "prompt" | "startup";

/** A source while code is made for it. */
export interface UnitDraft {
  readonly builtins: BuiltinNames;
  /** Makes the code of a function. A member, because the files of functions and expressions would import each other. */
  readonly functionCode: (node: FunctionNode, title: string | undefined, createdAt: number, here: Here) => Js;
  readonly problems: Problem[];
  /** Strings and large integers, which generated code refers to by number. */
  readonly constants: Key[];
  readonly constantNumbers: Map<Key, number>;
  /** The runs of `+`, each with the spans that an error in it can have. */
  readonly runs: (readonly Span[])[];
  readonly usedBuiltins: Set<number>;
  /** The scope of its top level. */
  readonly topScope: Scope;
  /** How many calls and assignments to elements there are so far: each may change a list. */
  listChangers: number;
  slots: number;
  /** The last number that was given to a variable or label of generated code. */
  locals: number;
  /** The names of its functions, by number: `fn` for one without a name, null for the top level, which is 0. */
  readonly titles: (string | null)[];
}

export type FunctionNode = ast.FunctionExpression | ast.FunctionDeclaration;

/** The built-in functions: their numbers, and how many arguments they take. */
export interface BuiltinNames {
  find(name: string): { readonly number: number; readonly least: number; readonly most: number } | undefined;
  readonly names: readonly string[];
}

/** The point of a source that code is made for: what names mean there, and which function it is in. */
export interface Here {
  readonly unit: UnitDraft;
  readonly scope: Scope;
  readonly owner: FunctionScope;
}

/** Reports an error that can be seen without running. */
export function problem(here: Here, span: Span, message: string, hint?: string): void {
  here.unit.problems.push({ start: span.start, end: span.end, message, ...(hint ? { hint } : {}) });
}

/** Code of a constant. */
export function constant(here: Here, value: Key): Js {
  const { constants, constantNumbers } = here.unit;
  let number = constantNumbers.get(value);
  if (number === undefined) {
    number = constants.push(value) - 1;
    constantNumbers.set(value, number);
  }
  return js`${HANDED.c}[${number}]`;
}

/** Makes code with temporaries that code made inside of it does not use. */
export function withTemporaries(count: number, here: Here, make: (names: [Js, Js, Js]) => Js): Js {
  const { owner } = here;
  const from = owner.temporaries;
  owner.temporaries += count;
  owner.mostTemporaries = Math.max(owner.mostTemporaries, owner.temporaries);
  const code = make([js`t${from}`, js`t${from + 1}`, js`t${from + 2}`]);
  owner.temporaries = from;
  return code;
}
