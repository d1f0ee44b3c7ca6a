import { type IToken, Lexer, type TokenType } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import * as t from "./tokens.ts";

const lexer = new Lexer(t.ALL_TOKENS, { positionTracking: "onlyOffset" });

/** Long enough to cost nothing, short enough that the tokens of a large source never exist all at once. */
const CHUNK = 1 << 11;

const OPENING_OF = new Map<TokenType, TokenType>([
  [t.RightParen, t.LeftParen],
  [t.RightBracket, t.LeftBracket],
  [t.RightBrace, t.LeftBrace],
]);

type Role = "line end" | "opens" | "closes" | "begins a statement" | "begins one on a line of its own";

/** What a token does to lines and brackets, by its type's index; nothing for most. */
const ROLES: (Role | undefined)[] = [];
for (const type of t.ALL_TOKENS) ROLES[type.tokenTypeIdx as number] = roleOf(type);

function roleOf(type: TokenType): Role | undefined {
  if (type === t.LineEnd) return "line end";
  if (type === t.LeftParen || type === t.LeftBracket || type === t.LeftBrace) return "opens";
  if (OPENING_OF.has(type)) return "closes";
  if (type === t.FnNamed) return "begins one on a line of its own";
  return t.STATEMENT_WORDS.has(type) ? "begins a statement" : undefined;
}

/** Some whole top-level statements, and what was wrong with their text. */
export interface TokenGroup {
  readonly tokens: IToken[];
  readonly problems: Diagnostic[];
  /** The brackets still open at the end; only the last group can have any. */
  readonly open: readonly IToken[];
}

/**
 * Cuts a source into tokens, group by group. The text is cut at line ends, where no token can be cut, and a
 * group ends at a line end outside brackets, where no statement can be cut.
 */
export function* tokenize(source: SourceText): Generator<TokenGroup, void> {
  const { text } = source;
  let tokens: IToken[] = [];
  let problems: Diagnostic[] = [];
  const open: IToken[] = [];
  let isFirstOfLine = true;
  for (let from = 0; from < text.length; ) {
    const lineEnd = text.indexOf("\n", Math.min(from + CHUNK, text.length));
    const to = lineEnd < 0 ? text.length : lineEnd + 1;
    const result = lexer.tokenize(from === 0 && to === text.length ? text : text.slice(from, to));
    for (const error of result.errors) {
      const start = from + error.offset;
      problems.push(unexpected(source, start, text.slice(start, start + error.length)));
    }
    for (const token of result.tokens) {
      token.startOffset += from;
      addToken(token, tokens, open, isFirstOfLine);
      isFirstOfLine = token.tokenType === t.LineEnd;
      if (token.tokenType === t.NumberWithLetters || token.tokenType === t.OpenText)
        problems.push(badToken(source, token));
    }
    if (open.length === 0 && tokens.length > 0) {
      yield { tokens, problems, open };
      tokens = [];
      problems = [];
    }
    from = to;
  }
  if (tokens.length > 0 || problems.length > 0) yield { tokens, problems, open };
}

/** Adds a token unless it is a line end that does not count, and keeps track of the brackets that are open. */
function addToken(token: IToken, tokens: IToken[], open: IToken[], isFirstOfLine: boolean): void {
  switch (ROLES[token.tokenTypeIdx]) {
    case "line end": {
      const counts = open.length === 0 || open[open.length - 1]?.tokenType === t.LeftBrace;
      if (counts && tokens.length > 0 && tokens[tokens.length - 1]?.tokenType !== t.LineEnd)
        tokens.push(token);
      return;
    }
    case "opens":
      open.push(token);
      break;
    case "closes":
      if (open[open.length - 1]?.tokenType === OPENING_OF.get(token.tokenType)) open.pop();
      break;
    case "begins a statement":
      if (open.length > 0) endOpenLine(tokens, open);
      break;
    case "begins one on a line of its own":
      if (open.length > 0 && isFirstOfLine) endOpenLine(tokens, open);
      break;
  }
  tokens.push(token);
}

/** A word that begins statements stands in no parentheses: one was left open. Ends the line where a person saw it end. */
function endOpenLine(tokens: IToken[], open: IToken[]): void {
  const innermost = open[open.length - 1] as IToken;
  if (innermost.tokenType === t.LeftBrace) return;
  while (open.length > 0 && open[open.length - 1]?.tokenType !== t.LeftBrace) open.pop();
  tokens.push(lineEndAfter(tokens[tokens.length - 1] as IToken, innermost));
}

/** The bracket that was left open, where a line was ended for its sake. */
export function openBefore(lineEnd: IToken): IToken | undefined {
  return lineEnd.payload as IToken | undefined;
}

function lineEndAfter(token: IToken, payload: IToken): IToken {
  const tokenTypeIdx = t.LineEnd.tokenTypeIdx as number;
  return {
    tokenType: t.LineEnd,
    tokenTypeIdx,
    image: "\n",
    startOffset: token.startOffset + token.image.length,
    payload,
  };
}

function badToken(source: SourceText, token: IToken): Diagnostic {
  const span = { start: token.startOffset, end: token.startOffset + token.image.length };
  if (token.tokenType === t.NumberWithLetters) {
    return {
      source,
      span,
      message: "a letter straight after a number",
      hint: "numbers are decimal digits only",
    };
  }
  return {
    source,
    span,
    message: "this string is not closed",
    hint: 'a string ends on its line with `"`; `\\n` is a line end in it',
  };
}

const HINTS: Readonly<Record<string, string>> = {
  "'": 'a string stands in double quotes: "…"',
  "&": "the operator is written `and`",
  "|": "the operator is written `or`",
  "!": "the operator is written `not`",
  "\r": "a line ends in LF or in CRLF",
  "“": 'a string stands in straight double quotes: "…"',
  "”": 'a string stands in straight double quotes: "…"',
  "‘": 'a string stands in straight double quotes: "…"',
  "’": 'a string stands in straight double quotes: "…"',
  "−": "the minus is `-`",
  "–": "the minus is `-`",
  "\u00a0": "this is a space that does not break lines: type a plain one",
  "\ufeff": "a byte-order mark stands at the beginning of a file only",
  "\\": "there is no continuation of a line; inside ( ) and [ ] line ends do not count",
};

function unexpected(source: SourceText, start: number, text: string): Diagnostic {
  const hint =
    HINTS[text.charAt(0)] ?? (/^\p{L}/u.test(text) ? "names are of a-z, A-Z, 0-9 and _" : undefined);
  const message = `there is no ${describeCharacter(text)} in the language`;
  return { source, span: { start, end: start + text.length }, message, ...(hint ? { hint } : {}) };
}

function describeCharacter(text: string): string {
  const point = text.codePointAt(0) as number;
  const visible = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(point));
  const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  return visible ? `\`${String.fromCodePoint(point)}\`` : `character ${name}`;
}
