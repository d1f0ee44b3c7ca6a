import type { Span } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import type * as ast from "../parser/ast.ts";
import type { Problem } from "../parser/problem.ts";
import type { Key } from "../values/value.ts";
import { HANDED } from "./abi.ts";
import { type Js, js } from "./js.ts";
import type { FunctionScope, Scope } from "./scope.ts";

/** What a source is to the program: decides where its variables live and what its last statement may be. */
export type UnitKind = "main" | "module" | "eval" | "prompt" | "startup";

/** One source while code is generated from it. */
export interface UnitDraft {
  readonly kind: UnitKind;
  readonly source: SourceText;
  readonly builtins: BuiltinNames;
  /** Code of a function: given here because functions, statements and expressions are each made of the others. */
  readonly functionCode: (node: FunctionNode, title: string | undefined, createdAt: number, here: Here) => Js;
  readonly problems: Problem[];
  /** Strings and large integers: generated code names them by number. */
  readonly constants: Key[];
  readonly constantNumbers: Map<Key, number>;
  /** Runs of `+`: the places that an error in one of them can have. */
  readonly runs: (readonly Span[])[];
  readonly usedBuiltins: Set<number>;
  /** The scope of its top level. */
  readonly topScope: Scope;
  /** Whether top-level variables live in slots, which outlive the run and can be seen from outside. */
  readonly inSlots: boolean;
  /** How many pieces of code so far may change a list: calls, assignments to elements. */
  listChangers: number;
  slots: number;
  /** The last number given to a variable or label of generated code. */
  locals: number;
  /** What its functions were declared as, by number; 0 is the top level. */
  readonly titles: (string | null)[];
}

export type FunctionNode = ast.FunctionExpression | ast.FunctionDeclaration;

/** The built-in functions as generation needs them: by number, with how many arguments they take. */
export interface BuiltinNames {
  find(name: string): { readonly number: number; readonly least: number; readonly most: number } | undefined;
  readonly names: readonly string[];
}

/** A place in a draft: what names mean there, and whose call runs it. */
export interface Here {
  readonly unit: UnitDraft;
  readonly scope: Scope;
  readonly owner: FunctionScope;
}

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

/** Temporaries that code made meanwhile does not touch. */
export function withTemporaries(count: number, here: Here, make: (names: [Js, Js, Js]) => Js): Js {
  const { owner } = here;
  const from = owner.temporaries;
  owner.temporaries += count;
  owner.mostTemporaries = Math.max(owner.mostTemporaries, owner.temporaries);
  const code = make([js`t${from}`, js`t${from + 1}`, js`t${from + 2}`]);
  owner.temporaries = from;
  return code;
}
