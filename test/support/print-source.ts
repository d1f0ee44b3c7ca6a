// Trees back to text, and trees made at random: for the tests that parse what was printed.
import fc from "fast-check";
import { quoteText } from "../../src/diagnostics/quote-text.ts";
import { RESERVED_WORDS } from "../../src/lexer/tokens.ts";
import type * as ast from "../../src/parser/ast.ts";

const STRENGTH: Record<string, number> = {
  ...{ or: 1, and: 2, not: 3, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4 },
  ...{ "+": 5, "-": 5, "*": 6, "/": 6, "%": 6 },
};

export function printSource(statements: readonly ast.Statement[]): string {
  return statements.map((node) => `${statement(node)}\n`).join("");
}

function block(node: ast.Block): string {
  return `{\n${printSource(node.statements)}}`;
}

function statement(node: ast.Statement): string {
  switch (node.kind) {
    case "increment":
      return "+";
    case "ask":
      return "?";
    case "print":
      return `print ${node.values.map((value) => expression(value)).join(", ")}`;
    case "let":
      return `let ${node.name.name} = ${expression(node.value)}`;
    case "assign":
      return `${expression(node.target)} = ${expression(node.value)}`;
    case "if": {
      const arms = node.arms
        .map(({ condition, body }) => `if ${expression(condition)} ${block(body)}`)
        .join(" else ");
      return node.otherwise ? `${arms} else ${block(node.otherwise)}` : arms;
    }
    case "while":
      return `while ${expression(node.condition)} ${block(node.body)}`;
    case "for":
      return `for ${node.name.name} in ${expression(node.over)} ${block(node.body)}`;
    case "function declaration":
      return `fn ${node.name.name}(${names(node.parameters)}) ${block(node.body)}`;
    case "return":
      return node.value ? `return ${expression(node.value)}` : "return";
    case "import":
      return `import ${quoteText(node.path)} as ${node.name.name}`;
    case "expression statement":
      return expression(node.expression);
    default:
      return node.kind;
  }
}

function names(identifiers: readonly ast.Identifier[]): string {
  return identifiers.map(({ name }) => name).join(", ");
}

function expression(node: ast.Expression, least = 0): string {
  switch (node.kind) {
    case "integer":
    case "boolean":
      return String(node.value);
    case "text":
      return quoteText(node.value);
    case "nil":
      return "nil";
    case "name":
      return node.name;
    case "list":
      return `[${node.items.map((item) => expression(item)).join(", ")}]`;
    case "map":
      return `{${node.entries.map(({ key, value }) => `${expression(key)}: ${expression(value)}`).join(", ")}}`;
    case "function":
      return `fn (${names(node.parameters)}) ${block(node.body)}`;
    case "unary":
      return node.operator === "not"
        ? parenthesised(`not ${expression(node.operand, 3)}`, 3, least)
        : `-${node.operand.kind === "integer" ? `(${expression(node.operand)})` : postfixed(node.operand, true)}`;
    case "binary": {
      const strength = STRENGTH[node.operator] as number;
      const left = expression(node.left, strength === 4 ? 5 : strength);
      return parenthesised(
        `${left} ${node.operator} ${expression(node.right, strength + 1)}`,
        strength,
        least,
      );
    }
    case "call":
      return `${postfixed(node.callee)}(${node.arguments.map((argument) => expression(argument)).join(", ")})`;
    case "index":
      return `${postfixed(node.object)}[${expression(node.index)}]`;
    case "member":
      return `${postfixed(node.object)}.${node.member.name}`;
  }
}

function parenthesised(text: string, strength: number, least: number): string {
  return strength < least ? `(${text})` : text;
}

/** The expressions that a call, an index or a minus applies to without parentheses. */
function postfixed(node: ast.Expression, afterMinus = false): string {
  const plain = ["text", "name", "list", "call", "index", "member"].includes(node.kind);
  return plain || (afterMinus && node.kind === "unary" && node.operator === "-")
    ? expression(node)
    : `(${expression(node)})`;
}

const NOWHERE = { start: 0, end: 0 };
const AT = 0;

const nameText = fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/).filter((name) => !RESERVED_WORDS.has(name));
const identifier = nameText.map((name): ast.Identifier => ({ name, ...NOWHERE }));
const anyText = fc
  .string({ unit: "grapheme", maxLength: 8 })
  .filter((text) => !text.includes("\0") && text.isWellFormed());
const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(
  (big): ast.Integer => ({
    kind: "integer",
    value: Number.isSafeInteger(Number(big)) ? Number(big) : big,
    ...NOWHERE,
  }),
);

interface Trees {
  expression: ast.Expression;
  block: ast.Block;
  statement: ast.Statement;
  call: ast.Call;
}

/** Any tree that the grammar allows. Not each is a valid program: its names may be undeclared. */
export const { statement: anyStatement } = fc.letrec<Trees>((tie: fc.LetrecTypedTie<Trees>) => {
  const e = tie("expression");
  const name = nameText.map((text): ast.Name => ({ kind: "name", name: text, ...NOWHERE }));
  const key = fc.oneof(name, name, e);
  return {
    expression: fc.oneof(
      { maxDepth: 3, depthIdentifier: "tree" },
      // At the deepest level it is always the first, which must contain no other.
      name,
      integer,
      anyText.map((value): ast.Expression => ({ kind: "text", value, ...NOWHERE })),
      fc.boolean().map((value): ast.Expression => ({ kind: "boolean", value, ...NOWHERE })),
      fc.constant<ast.Expression>({ kind: "nil", ...NOWHERE }),
      fc.array(e, { maxLength: 3 }).map((items): ast.Expression => ({ kind: "list", items, ...NOWHERE })),
      fc
        .array(fc.record({ key, value: e }), { maxLength: 3 })
        .filter(
          (entries) => new Set(entries.map(({ key: k }) => JSON.stringify(k, big))).size === entries.length,
        )
        .map((entries): ast.Expression => ({ kind: "map", entries, ...NOWHERE })),
      fc
        .record({ parameters: fc.array(identifier, { maxLength: 3 }), body: tie("block") })
        .map((parts): ast.Expression => ({ kind: "function", ...parts, ...NOWHERE })),
      fc.tuple(fc.constantFrom("-", "not"), e).map(
        ([operator, operand]): ast.Expression => ({
          kind: "unary",
          operator: operator as ast.UnaryOperator,
          operand,
          ...NOWHERE,
        }),
      ),
      fc
        .tuple(fc.constantFrom(...Object.keys(STRENGTH).filter((symbol) => symbol !== "not")), e, e)
        .map(([symbol, left, right]): ast.Expression => {
          return { kind: "binary", operator: symbol as ast.BinaryOperator, left, right, at: AT, ...NOWHERE };
        }),
      tie("call"),
      fc
        .record({ object: e, index: e })
        .map((parts): ast.Expression => ({ kind: "index", ...parts, at: AT, ...NOWHERE })),
      fc
        .record({ object: e.filter((x) => x.kind !== "integer"), member: identifier })
        .map((parts): ast.Expression => ({ kind: "member", ...parts, ...NOWHERE })),
    ),
    call: fc
      .tuple(e, fc.array(e, { maxLength: 3 }))
      .map(([callee, values]): ast.Call => ({ kind: "call", callee, arguments: values, ...NOWHERE })),
    block: fc
      .array(tie("statement"), { maxLength: 3, depthIdentifier: "tree" })
      .map((statements) => ({ statements, ...NOWHERE })),
    statement: fc.oneof(
      { maxDepth: 3, depthIdentifier: "tree" },
      fc.constantFrom<ast.Statement>(
        ...(["increment", "ask", "break", "continue"] as const).map((kind) => ({ kind, ...NOWHERE })),
      ),
      fc
        .array(e, { minLength: 1, maxLength: 3 })
        .map((values): ast.Statement => ({ kind: "print", values, ...NOWHERE })),
      fc
        .record({ name: identifier, value: e })
        .map((parts): ast.Statement => ({ kind: "let", ...parts, ...NOWHERE })),
      fc
        .record({ target: name, value: e })
        .map((parts): ast.Statement => ({ kind: "assign", ...parts, ...NOWHERE })),
      fc
        .record({
          arms: fc.array(fc.record({ condition: e, body: tie("block") }), { minLength: 1, maxLength: 3 }),
          otherwise: fc.option(tie("block"), { nil: undefined }),
        })
        .map((parts): ast.Statement => ({ kind: "if", ...parts, ...NOWHERE })),
      fc
        .record({ condition: e, body: tie("block") })
        .map((parts): ast.Statement => ({ kind: "while", ...parts, ...NOWHERE })),
      fc
        .record({ name: identifier, over: e, body: tie("block") })
        .map((parts): ast.Statement => ({ kind: "for", ...parts, ...NOWHERE })),
      fc
        .record({ name: identifier, parameters: fc.array(identifier, { maxLength: 3 }), body: tie("block") })
        .map((parts): ast.Statement => ({ kind: "function declaration", ...parts, ...NOWHERE })),
      fc.option(e, { nil: undefined }).map((value): ast.Statement => ({ kind: "return", value, ...NOWHERE })),
      fc
        .record({ path: anyText, name: identifier })
        .map((parts): ast.Statement => ({ kind: "import", ...parts, pathSpan: NOWHERE, ...NOWHERE })),
      // A name before the call: a statement does not begin with a map, nor `fn` with a name after it.
      fc.tuple(name, fc.array(e, { maxLength: 3 })).map(([callee, values]): ast.Statement => {
        return {
          kind: "expression statement",
          expression: { kind: "call", callee, arguments: values, ...NOWHERE },
          ...NOWHERE,
        };
      }),
    ),
  };
});

function big(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
