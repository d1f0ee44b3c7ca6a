import { EOF, type IOrAlt, type IToken, type TokenType } from "chevrotain";
import * as t from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { ExpressionGrammar, type Rule } from "./expression-grammar.ts";
import { importedName } from "./imported-name.ts";
import { Unparsable } from "./problem.ts";
import { endHint, expected, problemAt } from "./syntax-messages.ts";
import { after, bare, exact, spanOf } from "./token-nodes.ts";

/**
 * The grammar: one rule for each form of docs/language.md, which gives a node of the tree. At start Chevrotain records the
 * rules, by running each with stand-ins for its tokens; code that needs real tokens or has an effect stands in ACTION.
 */
export class Grammar extends ExpressionGrammar {
  /** The statements of `program` so far. Kept here, because a rule that meets a syntax error returns nothing. */
  statements: ast.Statement[] = [];

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  override begin(tokens: IToken[], from: number): void {
    super.begin(tokens, from);
    this.statements = [];
  }

  override end(): void {
    super.end();
    this.statements = [];
  }

  readonly program: Rule<void> = this.RULE("program", (): void => {
    this.ACTION(() => this.#skipSeparators());
    this.MANY(() => {
      const statement = this.SUBRULE(this.statement);
      this.ACTION(() => this.statements.push(statement));
    });
  });

  /** Skips line ends and `;` without a rule: they are half the tokens of a source, and a rule takes time. */
  #skipSeparators(): void {
    while (SEPARATORS.has(this.LA(1).tokenType)) this.SKIP_TOKEN();
  }

  readonly statement: Rule<ast.Statement> = this.RULE("statement", (): ast.Statement => {
    this.ACTION(() => this.#notBrace());
    const statement = this.OR(this.#statements);
    this.ACTION(() => this.#endOfStatement());
    return statement;
  });

  // Alternatives are made once: to make them for each statement and operand takes longer than to parse it.
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

  /** A statement cannot begin with a map, because its brace looks like that of a block. */
  #notBrace(): void {
    const next = this.LA(1);
    if (next.tokenType !== t.LeftBrace) return;
    const hint = "no statement begins with `{`: put a map in parentheses";
    throw new Unparsable(problemAt(next, this.LA(0), expected("a statement", next), hint));
  }

  #endOfStatement(): void {
    const next = this.LA(1);
    if (SEPARATORS.has(next.tokenType)) {
      this.#skipSeparators();
      return;
    }
    if (!ENDS_STATEMENT.has(next.tokenType)) {
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
    const name = this.identifier(this.CONSUME(t.Name));
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
    const name = this.identifier(this.CONSUME(t.Name));
    this.CONSUME(t.In);
    const over = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return { kind: "for", name, over, body, start: word.startOffset, end: body.end };
  });

  readonly functionDeclaration: Rule<ast.FunctionDeclaration> = this.RULE(
    "functionDeclaration",
    (): ast.FunctionDeclaration => {
      const word = this.CONSUME(t.FnNamed);
      const name = this.identifier(this.CONSUME(t.Name));
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
      return this.identifier(this.CONSUME(t.Name));
    });
    return this.ACTION(() => {
      const pathSpan = spanOf(literal);
      const path = this.unescape(literal);
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
          ? ["the names of a module are read-only", 'a map entry is written `m["name"]`']
          : ["this cannot be assigned to", "`==` compares"];
      this.problems.push({ start, end, message, hint });
      return { kind: "expression statement", expression, start, end };
    });
  });

  readonly block: Rule<ast.Block> = this.RULE("block", (): ast.Block => {
    const open = this.CONSUME(t.LeftBrace);
    this.ACTION(() => this.enter(open));
    const statements: ast.Statement[] = [];
    this.ACTION(() => this.#skipSeparators());
    this.MANY(() => statements.push(this.SUBRULE(this.statement)));
    const close = this.CONSUME(t.RightBrace);
    this.leave();
    return { statements: exact(statements), start: open.startOffset, end: after(close) };
  });

  readonly parameters: Rule<ast.Identifier[]> = this.RULE("parameters", (): ast.Identifier[] => {
    const names: ast.Identifier[] = [];
    let more = true;
    this.CONSUME(t.LeftParen);
    this.MANY({
      GATE: () => more,
      DEF: () => {
        names.push(this.identifier(this.CONSUME(t.Name)));
        more = this.OPTION(() => this.CONSUME(t.Comma)) !== undefined;
      },
    });
    const close = this.CONSUME(t.RightParen);
    this.ACTION(() => this.notTooMany(names, close, "parameters"));
    return exact(names);
  });
}

const SEPARATORS: ReadonlySet<TokenType> = new Set([t.LineEnd, t.Semicolon]);
const ENDS_STATEMENT: ReadonlySet<TokenType> = new Set([t.RightBrace, EOF]);
