import type * as ast from "../parser/ast.ts";
import { plainVariable } from "./names.ts";
import type { Here } from "./unit.ts";

/** Whether an expression gives true or false for certain. */
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

/** The operand on the left, if it is computed first and always. */
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

/** Whether the left operand can be read when the right one has been computed, and still gives the same. */
export function isStable(left: ast.Expression, right: ast.Expression, here: Here): boolean {
  if (literal(left) !== undefined) return true;
  return plainVariable(left, here) !== undefined && isSimple(right, here);
}

/** Whether its code can be used twice, because it computes nothing. */
export function isSimple(node: ast.Expression, here: Here): boolean {
  return literal(node) !== undefined || plainVariable(node, here) !== undefined;
}

/** The value of a literal that is a JavaScript number; undefined for other nodes. */
export function literal(node: ast.Expression | undefined): number | undefined {
  return node?.kind === "integer" && typeof node.value === "number" ? node.value : undefined;
}
