import type * as ast from "../parser/ast.ts";
import { operationSpan } from "../parser/ast.ts";
import { COUNTER_CODE, HELPER } from "./abi.ts";
import { comesFrom } from "./comes-from.ts";
import { expression, isElement } from "./expression.ts";
import { type Js, js } from "./js.ts";
import { resolve, variableCode } from "./names.ts";
import { mayBeUnset, type Variable } from "./scope.ts";
import { constant, type Here, problem, withTemporaries } from "./unit.ts";

/** Code of an assignment. */
export function assignCode(node: ast.Assign, here: Here): Js {
  const { target, value } = node;
  if (target.kind === "index") {
    here.unit.listChangers++;
    return withTemporaries(3, here, ([object, key, x]) => {
      const codes = [target.object, target.index, value].map((part) => expression(part, here));
      return js`${object} = ${codes[0] as Js}; ${key} = ${codes[1] as Js}; ${x} = ${codes[2] as Js}; if (${isElement(object, key)}) ${object}[${key}] = ${x}; else ${comesFrom(operationSpan(target))}${HELPER.setIndex}(${object}, ${key}, ${x});`;
    });
  }
  const code = expression(value, here);
  const meaning = resolve(target.name, target, here);
  switch (meaning.kind) {
    case "counter":
      return js`${COUNTER_CODE} = ${comesFrom(value)}${HELPER.whole}(${code});`;
    case "variable":
      return assignVariable(meaning.variable, target, code, here);
    case "eval":
    case "builtin":
      problem(
        here,
        target,
        `\`${target.name}\` is built in and cannot be assigned to`,
        "`let` declares a name of your own",
      );
      return js``;
    case "unknown":
      return js``;
  }
}

function assignVariable(variable: Variable, target: ast.Name, code: Js, here: Here): Js {
  if (variable.kind === "function" || variable.kind === "import") {
    problem(
      here,
      target,
      `\`${target.name}\` is ${variable.kind === "import" ? "an import" : "a function"} and cannot be assigned to`,
    );
  }
  // The value first: what it calls may be what sets the variable.
  const unset = mayBeUnset(variable, target, here.owner);
  const name = constant(here, target.name);
  const at = variableCode(variable.storage);
  if (!unset) return js`${at} = ${code};`;
  return withTemporaries(
    1,
    here,
    ([t]) =>
      js`${t} = ${code}; if (${at} === undefined) ${comesFrom(target)}${HELPER.unset}(${name}); ${at} = ${t};`,
  );
}
