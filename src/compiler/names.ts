import type { Span } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type * as ast from "../parser/ast.ts";
import { foreignWordHint } from "../parser/foreign-words.ts";
import { COUNTER, EVAL } from "../parser/special-names.ts";
import { COUNTER_CODE, HANDED, HELPER, UNIT_HELPER } from "./abi.ts";
import { comesFrom } from "./comes-from.ts";
import { type Js, js } from "./js.ts";
import { findVariable, mayBeUnset, type Scope, type Storage, type Variable } from "./scope.ts";
import { constant, type Here, problem } from "./unit.ts";

/** What a name means at some point of a source. */
export type Meaning =
  | { readonly kind: "variable"; readonly variable: Variable }
  | { readonly kind: "counter" }
  | { readonly kind: "eval" }
  | { readonly kind: "builtin"; readonly number: number; readonly least: number; readonly most: number }
  | { readonly kind: "unknown" };

/** Looks a name up: from the innermost block outward, then among the built-in functions. */
export function meaningOf(name: string, here: Here): Meaning {
  if (name === COUNTER) return { kind: "counter" };
  const variable = findVariable(here.scope, name);
  if (variable) return { kind: "variable", variable };
  if (name === EVAL) return { kind: "eval" };
  const builtin = here.unit.builtins.find(name);
  return builtin ? { kind: "builtin", ...builtin } : { kind: "unknown" };
}

/** With more problems than this, no similar names are looked for: each search looks at all names. */
const MANY = 100;

/** As `meaningOf`, and reports a name that is not declared. */
export function resolve(name: string, span: Span, here: Here): Meaning {
  const meaning = meaningOf(name, here);
  if (meaning.kind === "unknown") {
    const near = here.unit.problems.length < MANY ? suggest(name, knownNames(here)) : undefined;
    problem(
      here,
      span,
      `\`${name}\` is not declared`,
      foreignWordHint(name) ?? (near && `did you mean \`${near}\`?`),
    );
  }
  return meaning;
}

function* knownNames(here: Here): Generator<string> {
  for (let scope: Scope | undefined = here.scope; scope; scope = scope.outer) yield* scope.names.keys();
  yield* here.unit.builtins.names;
  yield COUNTER;
  yield EVAL;
}

/** Code of a variable. */
export function variableCode(at: Storage): Js {
  return at.in === "local" ? js`v${at.number}` : js`${HANDED.s}[${at.number}]`;
}

/** Code of the value of a name. */
export function nameCode(node: ast.Name, here: Here): Js {
  const meaning = resolve(node.name, node, here);
  switch (meaning.kind) {
    case "variable": {
      const code = variableCode(meaning.variable.storage);
      if (!mayBeUnset(meaning.variable, node, here.owner)) return code;
      return js`(${code} === undefined ? ${comesFrom(node)}${HELPER.unset}(${constant(here, node.name)}) : ${code})`;
    }
    case "counter":
      return COUNTER_CODE;
    case "eval":
      return js`${HANDED.u}.${UNIT_HELPER.evalFunction}`;
    case "builtin":
      return js`${HANDED.q}[${meaning.number}]`;
    case "unknown":
      return js`null`;
  }
}

/** Code of a variable that needs neither a check nor a slot, so that it can be read twice; undefined for other nodes. */
export function plainVariable(node: ast.Expression, here: Here): Js | undefined {
  if (node.kind !== "name") return undefined;
  const meaning = meaningOf(node.name, here);
  if (meaning.kind !== "variable" || meaning.variable.storage.in !== "local") return undefined;
  return mayBeUnset(meaning.variable, node, here.owner) ? undefined : variableCode(meaning.variable.storage);
}
