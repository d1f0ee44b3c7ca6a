import type * as ast from "../parser/ast.ts";
import { plainVariable } from "./names.ts";
import type { Here } from "./unit.ts";

/** Whether its code gives true or false, whatever its operands are. */
export function isBoolean(node: ast.Expression): boolean {
  switch (node.kind) {
    case "boolean":
      return true;
    case "unary":
      return node.operator === "not";
    case "binary":
      return !isArithmetic(node.operator);
    default:
      return false;
  }
}

/** The operand that an expression begins with and computes first; undefined where it is computed otherwise. */
export function leftOf(node: ast.Expression): ast.Expression | undefined {
  switch (node.kind) {
    case "binary":
      return node.operator === "and" || node.operator === "or" ? undefined : node.left;
    case "call":
      return node.callee;
    case "index":
    case "member":
      return node.object;
    default:
      return undefined;
  }
}

export function isArithmetic(operator: ast.BinaryOperator): operator is ast.Arithmetic {
  return ["+", "-", "*", "/", "%"].includes(operator);
}

/** Whether the left operand can be read after the right one was computed. */
export function isStable(left: ast.Expression, right: ast.Expression, here: Here): boolean {
  if (literal(left) !== undefined) return true;
  return plainVariable(left, here) !== undefined && isSimple(right, here);
}

/** Whether reading it twice costs nothing and changes nothing. */
export function isSimple(node: ast.Expression, here: Here): boolean {
  return literal(node) !== undefined || plainVariable(node, here) !== undefined;
}

/** The value of a literal that is a plain number. */
export function literal(node: ast.Expression | undefined): number | undefined {
  return node?.kind === "integer" && typeof node.value === "number" ? node.value : undefined;
}
