import type { Span } from "../diagnostics/diagnostic.ts";

/** The tree of a whole source. */
export interface Program extends Span {
  readonly statements: readonly Statement[];
}

export interface Block extends Span {
  readonly statements: readonly Statement[];
}

export interface Identifier extends Span {
  readonly name: string;
}

export type Statement =
  | Increment
  | Ask
  | Print
  | Let
  | Assign
  | If
  | While
  | For
  | Break
  | Continue
  | FunctionDeclaration
  | Return
  | Import
  | ExpressionStatement;

interface Node<K extends string> extends Span {
  readonly kind: K;
}

/** `+` */
export type Increment = Node<"increment">;
/** `?` */
export type Ask = Node<"ask">;
export interface Print extends Node<"print"> {
  readonly values: readonly Expression[];
}
export interface Let extends Node<"let"> {
  readonly name: Identifier;
  readonly value: Expression;
}
export interface Assign extends Node<"assign"> {
  readonly target: Name | Index;
  readonly value: Expression;
}
/** The arms of an `else if` chain are one list and not nested, because a chain may be long. */
export interface If extends Node<"if"> {
  readonly arms: readonly Arm[];
  readonly otherwise: Block | undefined;
}
export interface Arm {
  readonly condition: Expression;
  readonly body: Block;
}
export interface While extends Node<"while"> {
  readonly condition: Expression;
  readonly body: Block;
}
export interface For extends Node<"for"> {
  readonly name: Identifier;
  readonly over: Expression;
  readonly body: Block;
}
export type Break = Node<"break">;
export type Continue = Node<"continue">;
export interface FunctionDeclaration extends Node<"function declaration"> {
  readonly name: Identifier;
  readonly parameters: readonly Identifier[];
  readonly body: Block;
}
export interface Return extends Node<"return"> {
  readonly value: Expression | undefined;
}
export interface Import extends Node<"import"> {
  readonly path: string;
  /** The span of the path's literal. */
  readonly pathSpan: Span;
  /** The name that it is bound to: given by `as`, or taken from the path. */
  readonly name: Identifier;
}
export interface ExpressionStatement extends Node<"expression statement"> {
  readonly expression: Expression;
}

export type Expression =
  | Integer
  | Text
  | Boolean
  | Nil
  | Name
  | List
  | Map
  | FunctionExpression
  | Unary
  | Binary
  | Call
  | Index
  | Member;

/** A number where that is exact, otherwise a BigInt. */
export interface Integer extends Node<"integer"> {
  readonly value: number | bigint;
}
export interface Text extends Node<"text"> {
  readonly value: string;
}
export interface Boolean extends Node<"boolean"> {
  readonly value: boolean;
}
export type Nil = Node<"nil">;
export interface Name extends Node<"name"> {
  readonly name: string;
}
export interface List extends Node<"list"> {
  readonly items: readonly Expression[];
}
export interface Map extends Node<"map"> {
  readonly entries: readonly Entry[];
}
export interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}
export interface FunctionExpression extends Node<"function"> {
  readonly parameters: readonly Identifier[];
  readonly body: Block;
}
export interface Unary extends Node<"unary"> {
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}
export interface Binary extends Node<"binary"> {
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** The offset at which the operator begins. */
  readonly at: number;
}
export interface Call extends Node<"call"> {
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}
export interface Index extends Node<"index"> {
  readonly object: Expression;
  readonly index: Expression;
  /** The offset of the bracket. */
  readonly at: number;
}
export interface Member extends Node<"member"> {
  readonly object: Expression;
  readonly member: Identifier;
}

export type UnaryOperator = "-" | "not";
export type BinaryOperator = "or" | "and" | Comparison | Arithmetic;
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type Arithmetic = "+" | "-" | "*" | "/" | "%";

/** What an error of an operation points at: the operator, or the index in its brackets. */
export function operationSpan(node: Unary | Binary | Index): Span {
  switch (node.kind) {
    case "unary":
      return { start: node.start, end: node.start + node.operator.length };
    case "binary":
      return { start: node.at, end: node.at + node.operator.length };
    case "index":
      return { start: node.at, end: node.end };
  }
}
