import { quoteText } from "../diagnostics/quote-text.ts";
import type * as ast from "./ast.ts";

/** A line of the printed tree, and the branches below it. */
interface Branch {
  readonly label: string;
  readonly below: readonly Branch[] | (() => readonly Branch[]);
}

/** The tree of a sum of a million terms is a million levels deep: from this depth on, lines are not indented further. */
const MAX_INDENT = 40;

/** Prints a tree for `--ast`: gives one line for each node, indented, with its line end. */
export function* printTree(program: ast.Program): Generator<string, void> {
  // A list and not recursion, because the tree may be deeper than the stack.
  const waiting = program.statements.map((node) => ({ branch: statement(node), depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { branch, depth } = next;
    yield `${"  ".repeat(Math.min(depth, MAX_INDENT))}${branch.label}\n`;
    const below = typeof branch.below === "function" ? branch.below() : branch.below;
    for (let i = below.length - 1; i >= 0; i--)
      waiting.push({ branch: below[i] as Branch, depth: depth + 1 });
  }
}

function leaf(label: string): Branch {
  return { label, below: [] };
}

function block(label: string, { statements }: ast.Block): Branch {
  return { label, below: () => statements.map(statement) };
}

function statement(node: ast.Statement): Branch {
  switch (node.kind) {
    case "increment":
    case "ask":
    case "break":
    case "continue":
      return leaf(node.kind);
    case "print":
      return { label: "print", below: () => node.values.map(expression) };
    case "let":
      return { label: `let ${node.name.name}`, below: () => [expression(node.value)] };
    case "assign":
      return { label: "assign", below: () => [expression(node.target), expression(node.value)] };
    case "if":
      return { label: "if", below: () => ifBranches(node) };
    case "while":
      return { label: "while", below: () => [expression(node.condition), block("do", node.body)] };
    case "for":
      return { label: `for ${node.name.name}`, below: () => [expression(node.over), block("do", node.body)] };
    case "function declaration":
      return block(`fn ${node.name.name}${parameters(node.parameters)}`, node.body);
    case "return":
      return { label: "return", below: () => (node.value ? [expression(node.value)] : []) };
    case "import":
      return leaf(`import ${quoteText(node.path)} as ${node.name.name}`);
    case "expression statement":
      return expression(node.expression);
  }
}

function ifBranches({ arms, otherwise }: ast.If): Branch[] {
  const [first, ...others] = arms.map(({ condition, body }) => [expression(condition), block("then", body)]);
  const branches = [...(first ?? []), ...others.map((below) => ({ label: "else if", below }))];
  return otherwise ? [...branches, block("else", otherwise)] : branches;
}

function parameters(names: readonly ast.Identifier[]): string {
  return `(${names.map(({ name }) => name).join(", ")})`;
}

function expression(node: ast.Expression): Branch {
  switch (node.kind) {
    case "integer":
    case "boolean":
      return leaf(String(node.value));
    case "text":
      return leaf(quoteText(node.value));
    case "nil":
      return leaf("nil");
    case "name":
      return leaf(node.name);
    case "list":
      return { label: "list", below: () => node.items.map(expression) };
    case "map":
      return {
        label: "map",
        below: () =>
          node.entries.map(({ key, value }) => ({
            label: "entry",
            below: () => [expression(key), expression(value)],
          })),
      };
    case "function":
      return block(`fn${parameters(node.parameters)}`, node.body);
    case "unary":
      return { label: node.operator, below: () => [expression(node.operand)] };
    case "binary":
      return { label: node.operator, below: () => [expression(node.left), expression(node.right)] };
    case "call":
      return { label: "call", below: () => [node.callee, ...node.arguments].map(expression) };
    case "index":
      return { label: "index", below: () => [expression(node.object), expression(node.index)] };
    case "member":
      return { label: `member ${node.member.name}`, below: () => [expression(node.object)] };
  }
}
