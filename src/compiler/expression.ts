import type * as ast from "../parser/ast.ts";
import { operationSpan } from "../parser/ast.ts";
import { HELPER, UNIT_HELPER } from "./abi.ts";
import { arithmetic, arithmeticCall, comparison } from "./arithmetic.ts";
import { comesFrom, comesFromCall } from "./comes-from.ts";
import { isArithmetic, isBoolean, isSimple, isStable, leftOf, literal } from "./expression-kinds.ts";
import { commas, type Hole, type Js, js } from "./js.ts";
import { meaningOf, nameCode, plainVariable, variableCode } from "./names.ts";
import { constant, type Here, withTemporaries } from "./unit.ts";

/** Code of the value of an expression. */
export function expression(node: ast.Expression, here: Here): Js {
  switch (node.kind) {
    case "integer":
      return typeof node.value === "number" ? js`${node.value}` : constant(here, node.value);
    case "text":
      return constant(here, node.value);
    case "boolean":
      return node.value ? js`true` : js`false`;
    case "nil":
      return js`null`;
    case "name":
      return nameCode(node, here);
    case "list":
      return js`${comesFrom(node)}${HELPER.list}([${commas(node.items.map((item) => expression(item, here)))}])`;
    case "map": {
      const items = node.entries.flatMap(({ key, value }) => [
        expression(key, here),
        expression(value, here),
      ]);
      return js`${comesFrom(node)}${HELPER.map}([${commas(items)}])`;
    }
    case "function":
      return here.unit.functionCode(node, undefined, node.start, here);
    case "unary":
      return node.operator === "not" ? js`!${condition(node.operand, here)}` : negation(node, here);
    case "binary":
      return node.operator === "and" || node.operator === "or" ? logic(node, here) : chain(node, here);
    case "call":
    case "index":
    case "member":
      return chain(node, here);
  }
}

/** Code that gives true or false. Where the value is neither, it fails at the expression. */
export function condition(node: ast.Expression, here: Here): Js {
  const code = expression(node, here);
  if (isBoolean(node)) return code;
  return withTemporaries(1, here, ([t]) => {
    return js`((${t} = ${code}) === true || ${t} !== false && ${comesFrom(node)}${HELPER.notBoolean}(${t}))`;
  });
}

/** A chain of `and`, or of `or`: one flat expression, because a chain may be long. */
function logic(node: ast.Binary, here: Here): Js {
  const operands: ast.Expression[] = [];
  let left: ast.Expression = node;
  for (; left.kind === "binary" && left.operator === node.operator; left = left.left)
    operands.push(left.right);
  operands.push(left);
  const codes = operands.reverse().map((operand) => condition(operand, here));
  const between = node.operator === "and" ? js` && ` : js` || `;
  return js`(${codes.flatMap((code, i) => (i === 0 ? [code] : [between, code]))})`;
}

function negation(node: ast.Unary, here: Here): Js {
  return withTemporaries(1, here, ([t]) => {
    const operand = plainVariable(node.operand, here);
    const x = operand ?? t;
    const first = operand ? js`` : js`${t} = ${expression(node.operand, here)}, `;
    return js`(${first}typeof ${x} === "number" ? 0 - ${x} : ${comesFrom(operationSpan(node))}${HELPER.negate}(${x}))`;
  });
}

/** The operators of a longer chain are calls: V8 would not optimise so much code, and reads calls sooner. */
const LONG_CHAIN = 1000;

type Step = ast.Binary | ast.Call | ast.Index | ast.Member;

/**
 * The steps of an expression such as `a + b - f(c)[d].e`, from left to right. The value of each step goes into a temporary,
 * which the next step reads. So the code is flat, and V8's parser does not nest however long the chain is.
 */
function chain(node: Step, here: Here): Js {
  const steps: Step[] = [];
  let base: ast.Expression = node;
  for (let left = leftOf(base); left; left = leftOf(base)) {
    steps.push(base as Step);
    base = left;
  }
  steps.reverse();
  const compute = steps.length > LONG_CHAIN ? arithmeticCall : arithmetic;
  return withTemporaries(3, here, ([left, right, result]) => {
    const before: Js[] = [];
    let current = expression(base, here);
    let known: ast.Expression | undefined = base;
    const keep = () => {
      before.push(js`${left} = ${current}`);
      return left;
    };
    for (const step of steps) {
      const { kind } = step;
      if (kind === "binary" && (step.operator === "==" || step.operator === "!=")) {
        const other = expression(step.right, here);
        current = step.operator === "==" ? js`(${current} === ${other})` : js`(${current} !== ${other})`;
      } else if (kind === "binary") {
        const stable = known && isStable(known, step.right, here);
        const a = stable ? current : keep();
        const b = operandCode(step.right, right, before, here);
        const at = comesFrom(operationSpan(step));
        const operands = {
          a,
          b,
          aLiteral: literal(stable ? known : undefined),
          bLiteral: literal(step.right),
          result,
        };
        current = isArithmetic(step.operator)
          ? compute(step.operator, operands, at)
          : comparison(step.operator, operands, at);
      } else if (kind === "call") {
        here.unit.listChangers++;
        current =
          (known && pushCall(known, step, [left, right], before, here)) ??
          (known && directCall(known, step, here)) ??
          indirectCall(current, step, left, before, here);
      } else if (kind === "index") {
        const a = keep();
        const b = operandCode(step.index, right, before, here);
        current = js`(${isElement(a, b)} ? ${a}[${b}] : ${comesFrom(operationSpan(step))}${HELPER.index}(${a}, ${b}))`;
      } else {
        const a = keep();
        current = js`${comesFrom(step.member)}${HELPER.member}(${a}, ${constant(here, step.member.name)})`;
      }
      known = undefined;
    }
    return before.length === 0 ? current : js`(${commas([...before, current])})`;
  });
}

/** Whether `a[b]` is an element of a list, counted from its start. Generated code handles this case by itself. */
export function isElement(a: Js, b: Js): Js {
  return js`${HELPER.isList}(${a}) && typeof ${b} === "number" && ${b} >= 0 && ${b} < ${a}.length`;
}

function operandCode(node: ast.Expression, temporary: Js, before: Js[], here: Here): Js {
  const code = expression(node, here);
  if (isSimple(node, here)) return code;
  before.push(js`${temporary} = ${code}`);
  return temporary;
}

function argumentsCode(step: ast.Call, here: Here): Hole {
  return step.arguments.map((argument) => js`, ${expression(argument, here)}`);
}

/** A call of what is a function for certain: a built-in with a right number of arguments, or a declared function. */
function directCall(callee: ast.Expression, step: ast.Call, here: Here): Js | undefined {
  if (callee.kind !== "name") return undefined;
  const meaning = meaningOf(callee.name, here);
  const count = step.arguments.length;
  if (meaning.kind === "builtin" && count >= meaning.least && count <= meaning.most) {
    here.unit.usedBuiltins.add(meaning.number);
    return js`${comesFrom(step)}b${meaning.number}(e${argumentsCode(step, here)})`;
  }
  if (meaning.kind === "eval" && count === 1)
    return js`${comesFrom(step)}${UNIT_HELPER.evaluate}(e${argumentsCode(step, here)})`;
  if (meaning.kind !== "variable" || meaning.variable.kind !== "function") return undefined;
  return js`${comesFromCall(step)}${variableCode(meaning.variable.storage)}(e${argumentsCode(step, here)})`;
}

/** `push(list, x)` without a call, so that V8 optimises each for the lists that it gets. */
function pushCall(
  callee: ast.Expression,
  step: ast.Call,
  names: [Js, Js],
  before: Js[],
  here: Here,
): Js | undefined {
  const [list, item] = step.arguments;
  if (callee.kind !== "name" || callee.name !== "push" || step.arguments.length !== 2) return undefined;
  const meaning = meaningOf("push", here);
  if (meaning.kind !== "builtin") return undefined;
  const [a, b] = names;
  before.push(js`${a} = ${expression(list as ast.Expression, here)}`);
  before.push(js`${b} = ${expression(item as ast.Expression, here)}`);
  here.unit.usedBuiltins.add(meaning.number);
  const slow = js`${comesFrom(step)}b${meaning.number}(e, ${a}, ${b})`;
  return js`(${HELPER.isList}(${a}) ? (${comesFrom(step)}${HELPER.makeRoom}(${a}), ${a}.push(${b}), null) : ${slow})`;
}

function indirectCall(callee: Js, step: ast.Call, temporary: Js, before: Js[], here: Here): Js {
  const at = comesFromCall(step);
  before.push(
    js`typeof (${temporary} = ${callee}) === "function" || ${at}${HELPER.uncallable}(${temporary})`,
  );
  return js`${at}${temporary}(e${argumentsCode(step, here)})`;
}
