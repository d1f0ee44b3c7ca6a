import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import * as t from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { BaseGrammar } from "./base-grammar.ts";
import { integerLiteral, isTooLarge, tooLarge } from "./integer-literal.ts";
import { type Operator, OperatorChain } from "./precedence.ts";
import { Unparsable } from "./problem.ts";
import { after, bare, exact, spanOf } from "./token-nodes.ts";

export type Rule<T> = ParserMethod<[], T>;

/**
 * The half of the grammar that is about expressions; grammar.ts has the statements, and with them the block of a function's
 * body.
 */
export abstract class ExpressionGrammar extends BaseGrammar {
  abstract readonly block: Rule<ast.Block>;
  abstract readonly parameters: Rule<ast.Identifier[]>;

  readonly expression: Rule<ast.Expression> = this.RULE("expression", (): ast.Expression => {
    const nesting = this.nesting;
    // Most expressions are one operand, and need no chain.
    let chain: OperatorChain | undefined;
    this.MANY(() => {
      const not = this.CONSUME(t.Not);
      chain ??= new OperatorChain();
      this.#not(chain, not);
    });
    const first = this.SUBRULE(this.operand);
    chain?.operand(first);
    this.MANY1(() => {
      const operator = this.CONSUME(t.BinaryOperator);
      chain ??= new OperatorChain(first);
      const after = chain;
      this.ACTION(() => after.binary(operatorOf(operator)));
      this.MANY2(() => this.#not(after, this.CONSUME1(t.Not)));
      const next = this.SUBRULE1(this.operand);
      after.operand(next);
    });
    this.nesting = nesting;
    return chain === undefined ? first : this.ACTION(() => (chain as OperatorChain).tree());
  });

  #not(chain: OperatorChain, token: IToken): void {
    this.ACTION(() => {
      this.enter(token);
      chain.not(operatorOf(token));
    });
  }

  readonly operand: Rule<ast.Expression> = this.RULE("operand", (): ast.Expression => {
    let signs: IToken[] = [];
    const nesting = this.nesting;
    this.MANY(() => {
      const sign = this.CONSUME(t.Minus);
      this.ACTION(() => this.enter(sign));
      signs = [...signs, sign];
    });
    const first = this.OR(this.#operands);
    let operand = first;
    this.MANY1(() => {
      this.#extended = operand;
      operand = this.OR1(this.#extensions);
    });
    this.nesting = nesting;
    return this.ACTION(() => {
      if (first.kind === "integer" && isTooLarge(first) && (signs.length === 0 || operand !== first)) {
        this.problems.push(tooLarge(first));
      }
      return signs.reduceRight((inner, sign) => this.#negate(sign, inner), operand);
    });
  });

  readonly #operands: IOrAlt<ast.Expression>[] = [
    { ALT: () => this.#integer(this.CONSUME(t.Integer)) },
    { ALT: () => this.#text(this.CONSUME(t.Text)) },
    { ALT: () => this.#named(this.CONSUME(t.Name)) },
    { ALT: () => ({ ...bare("boolean", this.CONSUME(t.True)), value: true }) },
    { ALT: () => ({ ...bare("boolean", this.CONSUME(t.False)), value: false }) },
    { ALT: () => bare("nil", this.CONSUME(t.Nil)) },
    { ALT: () => this.SUBRULE(this.parenthesised) },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.map) },
    { ALT: () => this.SUBRULE(this.functionExpression) },
  ];

  /** The operand that an extension extends. Each extension reads it before it parses anything. */
  #extended!: ast.Expression;

  readonly #extensions: IOrAlt<ast.Expression>[] = [
    { ALT: () => this.#call(this.#extended) },
    { ALT: () => this.#index(this.#extended) },
    { ALT: () => this.#member(this.#extended) },
  ];

  #integer(token: IToken): ast.Integer {
    return this.ACTION(() =>
      integerLiteral(token.image, spanOf(token), (problem) => this.problems.push(problem)),
    );
  }

  #negate(sign: IToken, operand: ast.Expression): ast.Expression {
    const start = sign.startOffset;
    // Only directly before a literal: `-(1)` is an operation, and `-(9223372036854775808)` is not an integer.
    if (operand.kind === "integer" && this.LA(0).tokenType === t.Integer && operand.value > 0) {
      return { kind: "integer", value: -operand.value, start, end: operand.end };
    }
    return { kind: "unary", operator: "-", operand, start, end: operand.end };
  }

  #text(token: IToken): ast.Text {
    return this.ACTION(() => ({ kind: "text", value: this.unescape(token), ...spanOf(token) }));
  }

  readonly parenthesised: Rule<ast.Expression> = this.RULE("parenthesised", (): ast.Expression => {
    const open = this.CONSUME(t.LeftParen);
    this.ACTION(() => this.enter(open));
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    this.leave();
    return inner;
  });

  readonly list: Rule<ast.List> = this.RULE("list", (): ast.List => {
    const open = this.CONSUME(t.LeftBracket);
    this.ACTION(() => this.enter(open));
    const items = this.SUBRULE(this.expressions);
    const close = this.CONSUME(t.RightBracket);
    this.leave();
    return { kind: "list", items, start: open.startOffset, end: after(close) };
  });

  readonly expressions: Rule<ast.Expression[]> = this.RULE("expressions", (): ast.Expression[] => {
    const items: ast.Expression[] = [];
    let more = true;
    this.MANY({
      GATE: () => more,
      DEF: () => {
        items.push(this.SUBRULE(this.expression));
        more = this.OPTION(() => this.CONSUME(t.Comma)) !== undefined;
      },
    });
    return exact(items);
  });

  readonly map: Rule<ast.Map> = this.RULE("map", (): ast.Map => {
    const entries: ast.Entry[] = [];
    let more = true;
    const open = this.CONSUME(t.LeftBrace);
    this.ACTION(() => this.enter(open));
    this.OPTION(() => this.CONSUME(t.LineEnd));
    this.MANY({
      GATE: () => more,
      DEF: () => {
        entries.push(this.SUBRULE(this.entry));
        more = this.OPTION1(() => this.CONSUME(t.Comma)) !== undefined;
        this.OPTION2(() => this.CONSUME1(t.LineEnd));
      },
    });
    const close = this.CONSUME(t.RightBrace);
    this.leave();
    return this.ACTION(() => {
      this.#noDuplicates(entries);
      return { kind: "map", entries: exact(entries), start: open.startOffset, end: after(close) };
    });
  });

  readonly entry: Rule<ast.Entry> = this.RULE("entry", (): ast.Entry => {
    const key = this.SUBRULE(this.expression);
    this.CONSUME(t.Colon);
    this.OPTION(() => this.CONSUME(t.LineEnd));
    return { key, value: this.SUBRULE1(this.expression) };
  });

  /** Finds duplicates among literal keys. Others are found when the map is made. */
  #noDuplicates(entries: readonly ast.Entry[]): void {
    const seen = new Set<string | number | bigint>();
    for (const { key } of entries) {
      if (key.kind !== "text" && key.kind !== "integer") continue;
      if (seen.has(key.value))
        this.problems.push({ start: key.start, end: key.end, message: "this key occurs twice" });
      seen.add(key.value);
    }
  }

  readonly functionExpression: Rule<ast.FunctionExpression> = this.RULE(
    "functionExpression",
    (): ast.FunctionExpression => {
      const word = this.CONSUME(t.Fn);
      const parameters = this.SUBRULE(this.parameters);
      const body = this.SUBRULE(this.block);
      return { kind: "function", parameters, body, start: word.startOffset, end: body.end };
    },
  );

  #call(callee: ast.Expression): ast.Call {
    const { items, end } = this.SUBRULE(this.call);
    return { kind: "call", callee, arguments: items, start: callee.start, end };
  }

  readonly call: Rule<{ items: ast.Expression[]; end: number }> = this.RULE(
    "call",
    (): { items: ast.Expression[]; end: number } => {
      const open = this.CONSUME(t.LeftParen);
      this.ACTION(() => this.enter(open));
      const items = this.SUBRULE(this.expressions);
      const close = this.CONSUME(t.RightParen);
      this.leave();
      this.ACTION(() => this.notTooMany(items, close, "arguments"));
      return { items, end: after(close) };
    },
  );

  #index(object: ast.Expression): ast.Index {
    const open = this.CONSUME(t.LeftBracket);
    this.ACTION(() => this.enter(open));
    const index = this.SUBRULE(this.expression);
    const close = this.CONSUME(t.RightBracket);
    this.leave();
    return { kind: "index", object, index, at: open.startOffset, start: object.start, end: after(close) };
  }

  #member(object: ast.Expression): ast.Member {
    const dot = this.CONSUME(t.Dot);
    this.ACTION(() => noDecimalPoint(object, dot));
    const member = this.identifier(this.CONSUME1(t.Name));
    return { kind: "member", object, member, start: object.start, end: member.end };
  }

  #named(token: IToken): ast.Name {
    return {
      kind: "name",
      name: this.oneOf(token.image),
      start: token.startOffset,
      end: after(token),
    };
  }
}

function noDecimalPoint(before: ast.Expression, dot: IToken): void {
  if (before.kind !== "integer") return;
  throw new Unparsable({ ...spanOf(dot), message: "there are no decimal points: all numbers are integers" });
}

function operatorOf(token: IToken): Operator {
  return { symbol: token.image as Operator["symbol"], at: token.startOffset };
}
