import type * as ast from "../parser/ast.ts";
import { COUNTER } from "../parser/special-names.ts";
import { commas, type Js, js } from "./js.ts";
import { variableCode } from "./names.ts";
import { declarations, type Storage, type Variable } from "./scope.ts";
import { type Here, problem } from "./unit.ts";

/** Declares a name in a block. Reports a name that is declared twice, or that would hide the counter. */
export function declare(
  kind: Variable["kind"],
  name: ast.Identifier,
  readyAt: number,
  here: Here,
  keep: Storage["in"],
): Variable {
  const { unit, scope, owner } = here;
  if (name.name === COUNTER) problem(here, name, "the counter cannot be hidden by another name");
  else if (scope.names.has(name.name))
    problem(here, name, `\`${name.name}\` is declared twice in this block`);
  const number = keep === "local" ? ++unit.locals : unit.slots++;
  if (keep === "local") owner.locals++;
  const variable: Variable = { kind, name: name.name, storage: { in: keep, number }, owner, readyAt };
  scope.names.set(name.name, variable);
  return variable;
}

/** Code at the start of a block: declares all its names and creates its functions. */
export function hoisted(
  statements: readonly ast.Statement[],
  start: number,
  here: Here,
  keep: Storage["in"],
): Js {
  const locals: Js[] = [];
  for (const { kind, name, readyAt } of declarations(statements)) {
    const variable = declare(kind, name, readyAt, here, keep);
    if (keep === "local" && kind !== "function") locals.push(variableCode(variable.storage));
  }
  const functions: Js[] = [];
  for (const node of statements) {
    if (node.kind !== "function declaration") continue;
    const variable = here.scope.names.get(node.name.name) as Variable;
    const code = here.unit.functionCode(node, node.name.name, start, here);
    functions.push(
      keep === "local"
        ? js`const ${variableCode(variable.storage)} = ${code};`
        : js`${variableCode(variable.storage)} = ${code};`,
    );
  }
  return js`${locals.length > 0 ? js`let ${commas(locals)};` : js``}${functions}`;
}
