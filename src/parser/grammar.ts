import {
  EmbeddedActionsParser,
  EOF,
  type IOrAlt,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { Span } from "../lexer/diagnostic.ts";
import { unescapeText } from "../lexer/text-literal.ts";
import * as t from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { importedName } from "./imported-name.ts";
import { integerLiteral, isTooLarge, tooLarge } from "./integer-literal.ts";
import { type Operator, OperatorChain } from "./precedence.ts";
import { type Problem, Unparsable } from "./problem.ts";
import { endHint, expected, problemAt, syntaxMessages } from "./syntax-messages.ts";

/** How deep brackets, blocks and prefixes may nest: what the host's stack holds, with room to spare. */
export const MAX_NESTING = 100;
/** What the host takes in one call is 65,535; nobody writes 255. */
export const MAX_ARGUMENTS = 255;

type Rule<T> = ParserMethod<[], T>;

/**
 * The grammar, one rule per form of docs/language.md, each giving a node of the tree. While Chevrotain records the
 * rules at start, every one runs once with stand-ins for its tokens: what has an effect stands in ACTION.
 */
export class Grammar extends EmbeddedActionsParser {
  /** Problems that do not stop the parser. */
  problems: Problem[] = [];
  /** The statements of `program`, kept here because they outlive a syntax error after them. */
  statements: ast.Statement[] = [];
  #nesting = 0;
  readonly #names = new Map<string, string>();
  /** Chevrotain's own, which its types leave out: the place of the last token that was taken. */
  declare readonly importLexerState: (at: number) => void;

  constructor() {
    super(t.allTokens, { maxLookahead: 1, errorMessageProvider: syntaxMessages });
    this.performSelfAnalysis();
  }

  /** Begins anew among some tokens. */
  begin(tokens: IToken[], from: number): void {
    this.problems = [];
    this.statements = [];
    this.#nesting = 0;
    this.input = tokens;
    this.importLexerState(from - 1);
  }

  /** Lets go of what was kept for one source. */
  end(): void {
    this.#names.clear();
    this.input = [];
  }

  readonly program: Rule<void> = this.RULE("program", (): void => {
    this.ACTION(() => this.#skipSeparators());
    this.MANY(() => {
      const statement = this.SUBRULE(this.statement);
      this.ACTION(() => this.statements.push(statement));
    });
  });

  /** Line ends and `;` are stepped over by hand: half the tokens of a source, and a rule is not free. */
  #skipSeparators(): void {
    while (separators.has(this.LA(1).tokenType)) this.SKIP_TOKEN();
  }

  readonly statement: Rule<ast.Statement> = this.RULE("statement", (): ast.Statement => {
    this.ACTION(() => this.#notBrace());
    const statement = this.OR(this.#statements);
    this.ACTION(() => this.#endOfStatement());
    return statement;
  });

  // Alternatives that are made once: to make them for every statement and operand takes longer than to parse it.
  readonly #statements: IOrAlt<ast.Statement>[] = [
    { ALT: () => bare("increment", this.CONSUME(t.Plus)) },
    { ALT: () => bare("ask", this.CONSUME(t.Question)) },
    { ALT: () => this.SUBRULE(this.print) },
    { ALT: () => this.SUBRULE(this.let) },
    { ALT: () => this.SUBRULE(this.if) },
    { ALT: () => this.SUBRULE(this.while) },
    { ALT: () => this.SUBRULE(this.for) },
    { ALT: () => bare("break", this.CONSUME(t.Break)) },
    { ALT: () => bare("continue", this.CONSUME(t.Continue)) },
    { ALT: () => this.SUBRULE(this.functionDeclaration) },
    { ALT: () => this.SUBRULE(this.return) },
    { ALT: () => this.SUBRULE(this.import) },
    { ALT: () => this.SUBRULE(this.expressionOrAssign) },
  ];

  /** No statement begins with a map: its brace looks like that of a block. */
  #notBrace(): void {
    const next = this.LA(1);
    if (next.tokenType !== t.LeftBrace) return;
    const hint = "no statement begins with `{`: put a map in parentheses";
    throw new Unparsable(problemAt(next, this.LA(0), expected("a statement", next), hint));
  }

  #endOfStatement(): void {
    const next = this.LA(1);
    if (separators.has(next.tokenType)) {
      this.#skipSeparators();
      return;
    }
    if (!endsStatement.has(next.tokenType)) {
      const message = expected("the end of the statement", next);
      throw new Unparsable(problemAt(next, this.LA(0), message, endHint(next, this.LA(0))));
    }
  }

  readonly print: Rule<ast.Print> = this.RULE("print", (): ast.Print => {
    const word = this.CONSUME(t.Print);
    const values: ast.Expression[] = [];
    this.OPTION(() => {
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.expression)) });
    });
    return {
      kind: "print",
      values: exact(values),
      start: word.startOffset,
      end: values.at(-1)?.end ?? after(word),
    };
  });

  readonly let: Rule<ast.Let> = this.RULE("let", (): ast.Let => {
    const word = this.CONSUME(t.Let);
    const name = this.#identifier(this.CONSUME(t.Name));
    this.CONSUME(t.Assign);
    const value = this.SUBRULE(this.expression);
    return { kind: "let", name, value, start: word.startOffset, end: value.end };
  });

  readonly if: Rule<ast.If> = this.RULE("if", (): ast.If => {
    const word = this.CONSUME(t.If);
    const arms: ast.Arm[] = [{ condition: this.SUBRULE(this.expression), body: this.SUBRULE(this.block) }];
    let otherwise: ast.Block | undefined;
    this.MANY({
      GATE: () => otherwise === undefined,
      DEF: () => {
        this.CONSUME(t.Else);
        this.OR([
          {
            ALT: () => {
              this.CONSUME1(t.If);
              arms.push({ condition: this.SUBRULE1(this.expression), body: this.SUBRULE1(this.block) });
            },
          },
          { ALT: () => (otherwise = this.SUBRULE2(this.block)) },
        ]);
      },
    });
    return {
      kind: "if",
      arms,
      otherwise,
      start: word.startOffset,
      end: (otherwise ?? arms.at(-1)?.body)?.end ?? 0,
    };
  });

  readonly while: Rule<ast.While> = this.RULE("while", (): ast.While => {
    const word = this.CONSUME(t.While);
    const condition = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return { kind: "while", condition, body, start: word.startOffset, end: body.end };
  });

  readonly for: Rule<ast.For> = this.RULE("for", (): ast.For => {
    const word = this.CONSUME(t.For);
    const name = this.#identifier(this.CONSUME(t.Name));
    this.CONSUME(t.In);
    const over = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return { kind: "for", name, over, body, start: word.startOffset, end: body.end };
  });

  readonly functionDeclaration: Rule<ast.FunctionDeclaration> = this.RULE(
    "functionDeclaration",
    (): ast.FunctionDeclaration => {
      const word = this.CONSUME(t.FnNamed);
      const name = this.#identifier(this.CONSUME(t.Name));
      const parameters = this.SUBRULE(this.parameters);
      const body = this.SUBRULE(this.block);
      return { kind: "function declaration", name, parameters, body, start: word.startOffset, end: body.end };
    },
  );

  readonly return: Rule<ast.Return> = this.RULE("return", (): ast.Return => {
    const word = this.CONSUME(t.Return);
    const value = this.OPTION(() => this.SUBRULE(this.expression));
    return { kind: "return", value, start: word.startOffset, end: value?.end ?? after(word) };
  });

  readonly import: Rule<ast.Import> = this.RULE("import", (): ast.Import => {
    const word = this.CONSUME(t.Import);
    const literal = this.CONSUME(t.Text);
    const given = this.OPTION(() => {
      this.CONSUME(t.As);
      return this.#identifier(this.CONSUME(t.Name));
    });
    return this.ACTION(() => {
      const pathSpan = spanOf(literal);
      const path = this.#unescape(literal);
      const name = given ?? importedName(path, pathSpan, (problem) => this.problems.push(problem));
      return {
        kind: "import",
        path,
        pathSpan,
        name,
        start: word.startOffset,
        end: given?.end ?? pathSpan.end,
      };
    });
  });

  readonly expressionOrAssign: Rule<ast.Statement> = this.RULE("expressionOrAssign", (): ast.Statement => {
    const expression = this.SUBRULE(this.expression);
    const value = this.OPTION(() => {
      this.CONSUME(t.Assign);
      return this.SUBRULE1(this.expression);
    });
    return this.ACTION((): ast.Statement => {
      const { start, end } = expression;
      if (value === undefined) return { kind: "expression statement", expression, start, end };
      if (expression.kind === "name" || expression.kind === "index") {
        return { kind: "assign", target: expression, value, start, end: value.end };
      }
      const [message, hint] =
        expression.kind === "member"
          ? ["the names of a module are read-only", 'an entry of a map is `m["name"]`']
          : ["this cannot be assigned to", "comparing is `==`"];
      this.problems.push({ start, end, message, hint });
      return { kind: "expression statement", expression, start, end };
    });
  });

  readonly block: Rule<ast.Block> = this.RULE("block", (): ast.Block => {
    const open = this.CONSUME(t.LeftBrace);
    this.ACTION(() => this.#enter(open));
    const statements: ast.Statement[] = [];
    this.ACTION(() => this.#skipSeparators());
    this.MANY(() => statements.push(this.SUBRULE(this.statement)));
    const close = this.CONSUME(t.RightBrace);
    this.#nesting--;
    return { statements: exact(statements), start: open.startOffset, end: after(close) };
  });

  readonly parameters: Rule<ast.Identifier[]> = this.RULE("parameters", (): ast.Identifier[] => {
    const names: ast.Identifier[] = [];
    let more = true;
    this.CONSUME(t.LeftParen);
    this.MANY({
      GATE: () => more,
      DEF: () => {
        names.push(this.#identifier(this.CONSUME(t.Name)));
        more = this.OPTION(() => this.CONSUME(t.Comma)) !== undefined;
      },
    });
    const close = this.CONSUME(t.RightParen);
    this.ACTION(() => this.#notTooMany(names, close, "parameters"));
    return exact(names);
  });

  readonly expression: Rule<ast.Expression> = this.RULE("expression", (): ast.Expression => {
    const nesting = this.#nesting;
    // Most expressions are one operand: what operators need is made when the first one comes.
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
    this.#nesting = nesting;
    return chain === undefined ? first : this.ACTION(() => (chain as OperatorChain).tree());
  });

  #not(chain: OperatorChain, token: IToken): void {
    this.ACTION(() => {
      this.#enter(token);
      chain.not(operatorOf(token));
    });
  }

  readonly operand: Rule<ast.Expression> = this.RULE("operand", (): ast.Expression => {
    let signs: IToken[] = [];
    const nesting = this.#nesting;
    this.MANY(() => {
      const sign = this.CONSUME(t.Minus);
      this.ACTION(() => this.#enter(sign));
      signs = [...signs, sign];
    });
    const first = this.OR(this.#operands);
    let operand = first;
    this.MANY1(() => {
      this.#extended = operand;
      operand = this.OR1(this.#extensions);
    });
    this.#nesting = nesting;
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

  /** What the next of the extensions extends; each reads it before it parses anything. */
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
    // Only a literal itself: `-(1)` is an operation, and `-(9223372036854775808)` no integer.
    if (operand.kind === "integer" && this.LA(0).tokenType === t.Integer && operand.value > 0) {
      return { kind: "integer", value: -operand.value, start, end: operand.end };
    }
    return { kind: "unary", operator: "-", operand, start, end: operand.end };
  }

  #text(token: IToken): ast.Text {
    return this.ACTION(() => ({ kind: "text", value: this.#unescape(token), ...spanOf(token) }));
  }

  #unescape(token: IToken): string {
    return unescapeText(token.image, ({ offset, length, message }) => {
      const start = token.startOffset + offset;
      const hint = 'the escapes are \\n \\t \\r \\" \\\\ and \\u{1 to 6 hexadecimal digits}';
      this.problems.push({ start, end: start + length, message, hint });
    });
  }

  readonly parenthesised: Rule<ast.Expression> = this.RULE("parenthesised", (): ast.Expression => {
    const open = this.CONSUME(t.LeftParen);
    this.ACTION(() => this.#enter(open));
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    this.#nesting--;
    return inner;
  });

  readonly list: Rule<ast.List> = this.RULE("list", (): ast.List => {
    const open = this.CONSUME(t.LeftBracket);
    this.ACTION(() => this.#enter(open));
    const items = this.SUBRULE(this.expressions);
    const close = this.CONSUME(t.RightBracket);
    this.#nesting--;
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
    this.ACTION(() => this.#enter(open));
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
    this.#nesting--;
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

  /** Finds what can be seen without running; the rest is found when the map is made. */
  #noDuplicates(entries: readonly ast.Entry[]): void {
    const seen = new Set<string | number | bigint>();
    for (const { key } of entries) {
      if (key.kind !== "text" && key.kind !== "integer") continue;
      if (seen.has(key.value))
        this.problems.push({ start: key.start, end: key.end, message: "this key stands twice" });
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
      this.ACTION(() => this.#enter(open));
      const items = this.SUBRULE(this.expressions);
      const close = this.CONSUME(t.RightParen);
      this.#nesting--;
      this.ACTION(() => this.#notTooMany(items, close, "arguments"));
      return { items, end: after(close) };
    },
  );

  #index(object: ast.Expression): ast.Index {
    const open = this.CONSUME(t.LeftBracket);
    this.ACTION(() => this.#enter(open));
    const index = this.SUBRULE(this.expression);
    const close = this.CONSUME(t.RightBracket);
    this.#nesting--;
    return { kind: "index", object, index, at: open.startOffset, start: object.start, end: after(close) };
  }

  #member(object: ast.Expression): ast.Member {
    const dot = this.CONSUME(t.Dot);
    this.ACTION(() => noDecimalPoint(object, dot));
    const member = this.#identifier(this.CONSUME1(t.Name));
    return { kind: "member", object, member, start: object.start, end: member.end };
  }

  #identifier(token: IToken): ast.Identifier {
    return { name: this.#oneOf(token.image), start: token.startOffset, end: after(token) };
  }

  #named(token: IToken): ast.Name {
    return {
      kind: "name",
      name: this.#oneOf(token.image),
      start: token.startOffset,
      end: after(token),
    };
  }

  /** The same text for the same name: a tree keeps each once, and its hash with it. */
  #oneOf(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  #enter(at: IToken): void {
    if (++this.#nesting > MAX_NESTING) {
      const message = `this nests deeper than ${MAX_NESTING} levels`;
      throw new Unparsable({ ...spanOf(at), message });
    }
  }

  #notTooMany(items: readonly unknown[], close: IToken, what: string): void {
    if (items.length > MAX_ARGUMENTS) {
      this.problems.push({
        ...spanOf(close),
        message: `more than ${MAX_ARGUMENTS} ${what}`,
        hint: "use a list",
      });
    }
  }
}

function noDecimalPoint(before: ast.Expression, dot: IToken): void {
  if (before.kind !== "integer") return;
  throw new Unparsable({ ...spanOf(dot), message: "there are no decimal points: integers only" });
}

const separators: ReadonlySet<TokenType> = new Set([t.LineEnd, t.Semicolon]);
const endsStatement: ReadonlySet<TokenType> = new Set([t.RightBrace, EOF]);

/** The host gives an array room for 17 with its first element: that would be a fifth of a tree's memory. */
function exact<T>(items: T[]): T[] {
  return items.slice();
}

function after(token: IToken): number {
  return token.startOffset + token.image.length;
}

function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: after(token) };
}

function bare<K extends string>(kind: K, token: IToken): { kind: K; start: number; end: number } {
  return { kind, start: token.startOffset, end: after(token) };
}

function operatorOf(token: IToken): Operator {
  return { symbol: token.image as Operator["symbol"], at: token.startOffset };
}
