import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import { HANDED, HELPER, UNIT_HELPER } from "./abi.ts";
import { assignCode } from "./assign.ts";
import { comesFrom } from "./comes-from.ts";
import { declare, hoisted } from "./declare.ts";
import { condition, expression } from "./expression.ts";
import { commas, type Hole, type Js, js } from "./js.ts";
import { meaningOf, variableCode } from "./names.ts";
import type { Scope, Variable } from "./scope.ts";
import { constant, type Here, problem } from "./unit.ts";

/** Code of a block. `scope` is given if it has names already: parameters, or the variable of a loop. */
export function blockCode(block: ast.Block, here: Here, scope?: Scope): Js {
  const inside: Here = { ...here, scope: scope ?? { outer: here.scope, names: new Map() } };
  return js`${hoisted(block.statements, block.start, inside, "local")}${statements(block.statements, inside)}`;
}

/** From so many on, a run of `+` is one call. Programs of the kernel's sample consist of such runs. */
const RUN = 4;

/** Code of statements in order. */
export function statements(nodes: readonly ast.Statement[], here: Here): Hole {
  const codes: Js[] = [];
  for (let i = 0; i < nodes.length; ) {
    const from = i;
    while (nodes[i]?.kind === "increment") i++;
    if (i - from >= RUN) codes.push(incrementRun(nodes.slice(from, i), here));
    else {
      i = from + 1;
      codes.push(statement(nodes[from] as ast.Statement, here));
    }
  }
  return codes;
}

function incrementRun(run: readonly Span[], here: Here): Js {
  const number = here.unit.runs.push(run) - 1;
  return js`${comesFrom(run[0] as Span)}${HELPER.plusRun}(${run.length}, ${HANDED.r}[${number}]);`;
}

/** Code of a statement. */
function statement(node: ast.Statement, here: Here): Js {
  switch (node.kind) {
    case "increment":
      return js`${comesFrom(node)}${HELPER.plus}();`;
    case "ask":
      return js`${comesFrom(node)}${HELPER.ask}();`;
    case "print":
      return printCode(node, here);
    case "let": {
      const variable = here.scope.names.get(node.name.name) as Variable;
      return js`${variableCode(variable.storage)} = ${expression(node.value, here)};`;
    }
    case "assign":
      return assignCode(node, here);
    case "if":
      return ifCode(node, here);
    case "while": {
      const test = condition(node.condition, here);
      return js`while (${test}) { ${inLoop(here, () => blockCode(node.body, here))} }`;
    }
    case "for":
      return forCode(node, here);
    case "break":
    case "continue":
      if (here.owner.loops === 0) problem(here, node, `\`${node.kind}\` is outside a loop`);
      return node.kind === "break" ? js`break;` : js`continue;`;
    case "function declaration":
      return js``;
    case "return":
      if (here.owner.isTop) problem(here, node, "`return` is outside a function");
      // In parentheses, because a line end, which `comesFrom` makes, would end the `return`.
      return js`return (${node.value ? expression(node.value, here) : js`null`});`;
    case "import":
      return importCode(node, here);
    case "expression statement": {
      const { length } = here.unit.problems;
      const code = expression(node.expression, here);
      if (node.expression.kind !== "call" && here.unit.problems.length === length) {
        problem(here, node, "this value is not used", "a statement that is an expression must be a call");
      }
      return js`${code};`;
    }
  }
}

function printCode(node: ast.Print, here: Here): Js {
  const [first, ...others] = node.values.map((value) => expression(value, here));
  if (first === undefined) return js`${comesFrom(node)}${HELPER.line}(${constant(here, "")});`;
  if (others.length === 0) return js`${comesFrom(node)}${HELPER.line}(${first});`;
  return js`${comesFrom(node)}${HELPER.words}([${commas([first, ...others])}]);`;
}

function inLoop<T>(here: Here, make: () => T): T {
  here.owner.loops++;
  const result = make();
  here.owner.loops--;
  return result;
}

/** A chain of `else if` is one labelled block that each arm leaves: nested, a long one would overflow V8's parser. */
function ifCode(node: ast.If, here: Here): Js {
  const [first, ...others] = node.arms as [ast.Arm, ...ast.Arm[]];
  const otherwise = node.otherwise && blockCode(node.otherwise, here);
  if (others.length === 0) {
    const arm = js`if (${condition(first.condition, here)}) { ${blockCode(first.body, here)} }`;
    return otherwise ? js`${arm} else { ${otherwise} }` : arm;
  }
  const label = js`l${++here.unit.locals}`;
  const arms = node.arms.map(
    ({ condition: test, body }) =>
      js`if (${condition(test, here)}) { ${blockCode(body, here)} break ${label}; }`,
  );
  return js`${label}: { ${arms} ${otherwise ? js`{ ${otherwise} }` : js``} }`;
}

function forCode(node: ast.For, here: Here): Js {
  const scope: Scope = { outer: here.scope, names: new Map() };
  const range = rangeArguments(node.over, here);
  const values = (range ?? [node.over]).map((value) => expression(value, here));
  const variable = declare("loop variable", node.name, 0, { ...here, scope }, "local");
  const changersBefore = here.unit.listChangers;
  const body = inLoop(here, () => blockCode(node.body, here, scope));
  const steady = here.unit.listChangers === changersBefore;
  const start = range ? HELPER.span : steady ? HELPER.eachOfSteady : HELPER.each;
  const over = js`${comesFrom(node.over)}${start}(${commas(values)})`;
  const n = variable.storage.number;
  here.owner.locals += 2;
  // No list is made of a range: its integers are computed.
  const head = range
    ? js`for (let i${n} = 0, x${n} = a${n}.start; i${n} < a${n}.count; i${n}++, x${n} += a${n}.step) { let v${n} = a${n}.wide ? ${HELPER.wide}(a${n}, i${n}) : x${n};`
    : js`for (let i${n} = 0; i${n} < a${n}.length; i${n}++) { let v${n} = a${n}[i${n}];`;
  return js`{ const a${n} = ${over}; ${head} ${body} } }`;
}

/** The arguments of `range(…)`, if that is the built-in function and their number is right. */
function rangeArguments(node: ast.Expression, here: Here): readonly ast.Expression[] | undefined {
  if (node.kind !== "call" || node.callee.kind !== "name" || node.callee.name !== "range") return undefined;
  const meaning = meaningOf("range", here);
  if (meaning.kind !== "builtin") return undefined;
  const count = node.arguments.length;
  return count >= meaning.least && count <= meaning.most ? node.arguments : undefined;
}

function importCode(node: ast.Import, here: Here): Js {
  if (here.scope !== here.unit.topScope) problem(here, node, "`import` is allowed at the top level only");
  const variable = here.scope.names.get(node.name.name) as Variable;
  return js`${variableCode(variable.storage)} = ${comesFrom(node)}${UNIT_HELPER.use}(e, ${constant(here, node.path)}, ${constant(here, node.name.name)});`;
}
