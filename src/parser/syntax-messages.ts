import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType, tokenLabel } from "chevrotain";
import { openBefore } from "../lexer/tokenize.ts";
import * as t from "../lexer/tokens.ts";
import { foreignWordHint } from "./foreign-words.ts";
import type { Problem } from "./problem.ts";

/** What to say that a rule expects, where the name of one token would say too little. */
const WANTED: Readonly<Record<string, string>> = {
  statement: "a statement",
  operand: "a value",
  if: "`if` or `{`",
  list: "`,` or `]`",
  map: "`,` or `}`",
  call: "`,` or `)`",
  parameters: "`,` or `)`",
};

/** The same behind an opening bracket or a comma, where no comma can follow. */
const WANTED_FIRST: Readonly<Record<string, string>> = {
  list: "a value or `]`",
  map: "a key or `}`",
  call: "a value or `)`",
  parameters: "a name or `)`",
};

const BEFORE_FIRST: ReadonlySet<TokenType> = new Set([t.Comma, t.LeftParen, t.LeftBracket, t.LeftBrace]);

function found(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the text";
  if (token.tokenType === t.Name) return `the name \`${token.image}\``;
  return tokenLabel(token.tokenType);
}

/** A message like: expected `)`, found the end of the line. */
export function expected(wanted: string, actual: IToken): string {
  return `expected ${wanted}, found ${found(actual)}`;
}

function isClosing(type: TokenType): boolean {
  return type === t.RightParen || type === t.RightBracket || type === t.RightBrace;
}

export const syntaxMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected: type, actual, previous, ruleName }) {
    const table = BEFORE_FIRST.has(previous.tokenType) ? WANTED_FIRST : WANTED;
    return expected((isClosing(type) ? table[ruleName] : undefined) ?? tokenLabel(type), actual);
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    return expected("a statement", firstRedundant);
  },
  buildNoViableAltMessage({ actual, ruleName }) {
    return expected(WANTED[ruleName] ?? "something else", actual[0] as IToken);
  },
  buildEarlyExitMessage({ actual, ruleName }) {
    return expected(WANTED[ruleName] ?? "something else", actual[0] as IToken);
  },
};

/** A hint for a token that was not expected where it stands. */
function syntaxHint(actual: IToken, previous: IToken | undefined, message: string): string | undefined {
  const type = actual.tokenType;
  const before = previous?.tokenType;
  const foreign = [previous, actual].map(
    (token) => token?.tokenType === t.Name && foreignWordHint(token.image),
  );
  if (type === t.Plus && before === t.Plus) return "there is no `++`: write `x = x + 1`";
  if (type === t.Assign && before && ASSIGNABLE.has(before))
    return `there is no \`${previous?.image}=\`: write \`x = x ${previous?.image} …\``;
  if (type === t.Assign && before !== t.Let) return "`=` assigns; the comparison is `==`";
  if (type === t.Else) return "`else` must be on the line of the `}` before it";
  if (type === t.FnNamed) return "a function that is a value has no name: `fn (…) { … }`";
  if (message.startsWith("expected a name,") && t.RESERVED_WORDS.has(actual.image))
    return `\`${actual.image}\` is a reserved word and cannot be a name`;
  if (type === t.Comma && message.startsWith("expected `)`,"))
    return "parentheses hold one value: write `print a, b` without them";
  if (type === t.LeftParen && before === t.For) return "write `for x in list { … }`";
  if (type === t.LineEnd && before?.CATEGORIES?.includes(t.BinaryOperator))
    return "a line end ends the statement, even after an operator; inside ( ) it does not count";
  return foreign.find((hint) => hint !== undefined && hint !== false) || undefined;
}

const ASSIGNABLE: ReadonlySet<TokenType> = new Set([t.Plus, t.Minus, t.Star, t.Slash, t.Percent]);

/** A hint for a token that stands where the statement should end. */
export function endHint(actual: IToken, previous: IToken): string | undefined {
  if (previous.tokenType === t.Plus)
    return "`+` at the beginning of a statement stands alone: it adds 1 to the counter and prints it";
  const begins = t.STATEMENT_WORDS.has(actual.tokenType) || previous.tokenType === t.RightBrace;
  return begins ? "a line end or `;` ends a statement" : undefined;
}

/**
 * A problem at a token. At the end of the text, it is right behind the last token.
 *
 * @param hint Used where the token itself does not give a better one.
 */
export function problemAt(
  actual: IToken,
  previous: IToken | undefined,
  message: string,
  hint?: string,
): Problem {
  const given = syntaxHint(actual, previous, message) ?? hint;
  const rest = { message, ...(given ? { hint: given } : {}) };
  const isEnd = actual.tokenType === EOF;
  if (isEnd) {
    const end = previous ? previous.startOffset + previous.image.length : 0;
    return { start: end, end, atEnd: true, ...rest };
  }
  const open = openBefore(actual);
  const span = { start: actual.startOffset, end: actual.startOffset + actual.image.length };
  return { ...span, ...rest, ...(open ? { open } : {}) };
}
