import type { Span } from "../diagnostics/diagnostic.ts";
import { functionName, HANDED, HELPER, UNIT_HELPER } from "./abi.ts";
import { COMES_FROM_CALLER, comesFrom } from "./comes-from.ts";
import { declare } from "./declare.ts";
import { commas, type Hole, type Js, js } from "./js.ts";
import { type FunctionScope, functionScope, type Scope, type Variable } from "./scope.ts";
import { blockCode } from "./statement.ts";
import { constant, type FunctionNode, type Here, problem, type UnitDraft } from "./unit.ts";

/**
 * How deep calls may go, in words of the stack as estimated below. It is less than half of V8's stack (984 KiB), so that an
 * `eval` in the deepest call has room for the parser and for V8's own.
 */
export const MAX_DEPTH = 60_000;
/** The words that a call takes besides its variables. */
const FRAME = 20;
/** Variables and temporaries of a function. One with more could call itself only a few times. */
export const MAX_VARIABLES = 10_000;

/** Code of a function value. `createdAt` as in FunctionScope. */
export function functionCode(
  node: FunctionNode,
  title: string | undefined,
  createdAt: number,
  here: Here,
): Js {
  const owner = functionScope(here.owner, createdAt);
  const scope: Scope = { outer: here.scope, names: new Map() };
  const inside: Here = { unit: here.unit, scope, owner };
  const parameters = node.parameters.map((name) => declare("parameter", name, 0, inside, "local"));
  const body = blockCode(node.body, inside, scope);
  notTooManyVariables(owner, { start: node.start, end: node.body.start }, inside);
  const name = title === undefined ? js`null` : constant(here, title);
  const number = here.unit.titles.push(title ?? "fn") - 1;
  const parameterNames = parameters.map(({ storage }) => js`, v${storage.number}`);
  return js`${comesFrom({ start: node.start, end: node.body.start })}${HELPER.fn}(function ${functionName(number)}(d${parameterNames}, more) { ${prologue(owner)} ${arityCheck(parameters, name)} ${body} return null; }, ${name})`.whole();
}

/**
 * Checks the number of arguments. No value of a script is undefined, so a parameter that is undefined was not given.
 * `arguments` would make a call three times as slow until V8 optimises it.
 */
function arityCheck(parameters: readonly Variable[], name: Js): Js {
  const last = parameters.at(-1);
  const tooFew = last ? js`v${last.storage.number} === undefined || ` : js``;
  return js`${COMES_FROM_CALLER}if (${tooFew}more !== undefined) ${HELPER.wrongCount}(${name}, ${parameters.length});`;
}

/** To be called after the code of the body was made. */
export function notTooManyVariables(owner: FunctionScope, at: Span, here: Here): void {
  if (owner.locals + owner.mostTemporaries <= MAX_VARIABLES) return;
  const what = owner.isTop ? "the blocks of the top level have" : "this function has";
  problem(here, at, `${what} more than ${MAX_VARIABLES} variables`, "keep the values in a list or a map");
}

/** Declares the temporaries, and counts the depth of calls. To be called after the code of the body was made. */
function prologue(owner: FunctionScope): Js {
  const cost = FRAME + owner.locals + owner.mostTemporaries;
  return js`${temporaries(owner)} const e = d + ${cost}; ${COMES_FROM_CALLER}if (e > ${MAX_DEPTH}) ${HELPER.deep}();`;
}

export function temporaries(owner: FunctionScope): Hole {
  if (owner.mostTemporaries === 0) return js``;
  // `var`, because `let` would set each of them in each call.
  return js`var ${commas(Array.from({ length: owner.mostTemporaries }, (_, i) => js`t${i}`))};`;
}

/** The whole code of a source: see `Wrapper`. */
export function unitCode(unit: UnitDraft, owner: FunctionScope, body: Hole): Js {
  const builtins = [...unit.usedBuiltins].map((number) => js`const b${number} = ${HANDED.b}[${number}];`);
  return js`"use strict"; (function ({ ${names(HANDED)} }) { const { ${names(HELPER)} } = ${HANDED.k}; const { ${UNIT_HELPER.evaluate}, ${UNIT_HELPER.use} } = ${HANDED.u}; ${builtins} return function ${functionName(0)}(d) { ${prologue(owner)} ${body} }; })`;
}

function names(of: Readonly<Record<string, Js>>): Hole {
  return commas(Object.values(of));
}
