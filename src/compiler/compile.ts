import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import type * as ast from "../parser/ast.ts";
import { worthReporting } from "../parser/parse.ts";
import type { Key } from "../values/value.ts";
import { CHUNK_NAME } from "./abi.ts";
import { hoisted } from "./declare.ts";
import { expression } from "./expression.ts";
import { functionCode, notTooManyVariables, temporaries, unitCode } from "./function.ts";
import { type Hole, type Js, js } from "./js.ts";
import { functionScope, type Scope } from "./scope.ts";
import { statements } from "./statement.ts";
import type { BuiltinNames, Here, UnitDraft, UnitKind } from "./unit.ts";

/** JavaScript that was made from a source, with what it needs to run. */
export interface CompiledUnit {
  readonly source: SourceText;
  readonly text: string;
  readonly constants: readonly Key[];
  /** The names of its top level. */
  readonly scope: Scope;
  readonly slots: number;
  /** The runs of `+`, each with the spans that an error in it can have. */
  readonly runs: readonly (readonly Span[])[];
  /** The names of its functions, by number: `fn` for one without a name, null for the top level, which is 0. */
  readonly titles: readonly (string | null)[];
}

export type Compiled =
  | { readonly ok: true; readonly unit: CompiledUnit }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] };

/** The names that earlier inputs of a prompt declared, and how many slots they take. */
export interface Earlier {
  readonly scope: Scope;
  readonly slots: number;
}

/** A top level of more statements is cut into functions, because V8 does not optimise a very long one. */
const LONG = 400;
const CHUNK_LENGTH = 100;

/**
 * Compiles the tree of a source to JavaScript.
 *
 * @returns The unit, or the errors that can be seen without running it.
 */
export function compile(
  source: SourceText,
  program: ast.Program,
  kind: UnitKind,
  builtins: BuiltinNames,
  earlier?: Earlier,
): Compiled {
  // The last statement of an `eval` text or of a prompt's input may be any expression, and gives its value.
  const wantsValue = kind === "eval" || kind === "prompt";
  const isLong = program.statements.length > LONG;
  // Slots can be read from outside, and after the run.
  const inSlots = isLong || kind === "module" || kind === "prompt" || kind === "startup";
  const topScope: Scope = { outer: earlier?.scope, names: new Map() };
  const unit: UnitDraft = {
    builtins,
    functionCode,
    topScope,
    problems: [],
    constants: [],
    constantNumbers: new Map(),
    runs: [],
    usedBuiltins: new Set(),
    listChangers: 0,
    slots: earlier?.slots ?? 0,
    locals: 0,
    titles: [null],
  };
  const owner = functionScope(undefined, 0);
  const here: Here = { unit, scope: topScope, owner };
  const head = hoisted(program.statements, 0, here, inSlots ? "slot" : "local");
  const body = topLevel(program.statements, here, wantsValue, isLong);
  notTooManyVariables(owner, { start: 0, end: 0 }, here);
  const code = unitCode(unit, owner, [head, body]);
  if (unit.problems.length > 0) {
    const problems = unit.problems.map(({ start, end, ...rest }) => ({
      source,
      span: { start, end },
      ...rest,
    }));
    return { ok: false, problems: worthReporting(problems, source) };
  }
  const { constants, runs, slots, titles } = unit;
  return { ok: true, unit: { source, text: String(code), constants, runs, scope: topScope, slots, titles } };
}

function topLevel(nodes: readonly ast.Statement[], here: Here, wantsValue: boolean, isLong: boolean): Hole {
  const last = nodes.at(-1);
  const value = wantsValue && last?.kind === "expression statement" ? last.expression : undefined;
  const body = value ? nodes.slice(0, -1) : nodes;
  const codes = isLong ? chunks(body, here) : statements(body, here);
  return [codes, value ? js`return (${expression(value, here)});` : js`return undefined;`];
}

function chunks(nodes: readonly ast.Statement[], here: Here): Js[] {
  const codes: Js[] = [];
  for (let from = 0; from < nodes.length; from += CHUNK_LENGTH) {
    const owner = here.owner;
    const mostBefore = owner.mostTemporaries;
    owner.mostTemporaries = 0;
    const body = statements(nodes.slice(from, from + CHUNK_LENGTH), here);
    codes.push(js`(function ${CHUNK_NAME}() { ${temporaries(owner)} ${body} })();`.whole());
    owner.mostTemporaries = Math.max(owner.mostTemporaries, mostBefore);
  }
  return codes;
}
