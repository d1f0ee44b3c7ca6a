import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType, tokenLabel } from "chevrotain";
import { openBefore } from "../lexer/tokenize.ts";
import * as t from "../lexer/tokens.ts";
import { foreignWordHint } from "./foreign-words.ts";
import type { Problem } from "./problem.ts";

/** What a rule wants, where its next token alone would tell a person too little. */
const WANTED: Readonly<Record<string, string>> = {
  statement: "a statement",
  operand: "a value",
  if: "`if` or `{`",
  list: "`,` or `]`",
  map: "`,` or `}`",
  call: "`,` or `)`",
  parameters: "`,` or `)`",
};

/** The same where nothing stands before it that a comma could follow. */
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

/** `expected ")", found the end of the line`: Chevrotain's own wording reaches nobody. */
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

/** What to tell a person who met this token where it was not expected. */
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
  if (type === t.Else) return "`else` stands on the line of the `}` before it";
  if (type === t.FnNamed) return "a function that is a value has no name: `fn (…) { … }`";
  if (message.startsWith("expected a name,") && t.RESERVED_WORDS.has(actual.image))
    return `\`${actual.image}\` is a word of the language, and no name`;
  if (type === t.Comma && message.startsWith("expected `)`,"))
    return "parentheses hold one value: `print a, b` has none around its values";
  if (type === t.LeftParen && before === t.For) return "write `for x in list { … }`";
  if (type === t.LineEnd && before?.CATEGORIES?.includes(t.BinaryOperator))
    return "a line end ends the statement, also after an operator; inside ( ) it does not count";
  return foreign.find((hint) => hint !== undefined && hint !== false) || undefined;
}

const ASSIGNABLE: ReadonlySet<TokenType> = new Set([t.Plus, t.Minus, t.Star, t.Slash, t.Percent]);

/** What to tell a person whose statement goes on where it should end. */
export function endHint(actual: IToken, previous: IToken): string | undefined {
  if (previous.tokenType === t.Plus)
    return "`+` at the beginning of a statement stands alone: it adds 1 to the counter and prints it";
  const begins = t.STATEMENT_WORDS.has(actual.tokenType) || previous.tokenType === t.RightBrace;
  return begins ? "a line end or `;` ends a statement" : undefined;
}

/**
 * A problem at a token; the end of the text is just after what stands before it.
 * @param hint what there is to tell, unless the token itself tells more
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
