import { type IToken, Lexer, type TokenType } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import * as t from "./tokens.ts";

const lexer = new Lexer(t.ALL_TOKENS, { positionTracking: "onlyOffset" });

/** In UTF-16 units. The text is cut in chunks, so that the tokens of a large source do not all exist at once. */
const CHUNK = 1 << 11;

const OPENING_OF = new Map<TokenType, TokenType>([
  [t.RightParen, t.LeftParen],
  [t.RightBracket, t.LeftBracket],
  [t.RightBrace, t.LeftBrace],
]);

type Role = "line end" | "opens" | "closes" | "begins a statement" | "begins one on a line of its own";

/** What a token means for lines and brackets, by the index of its type. Most tokens have no role. */
const ROLES: (Role | undefined)[] = [];
for (const type of t.ALL_TOKENS) ROLES[type.tokenTypeIdx as number] = roleOf(type);

function roleOf(type: TokenType): Role | undefined {
  if (type === t.LineEnd) return "line end";
  if (type === t.LeftParen || type === t.LeftBracket || type === t.LeftBrace) return "opens";
  if (OPENING_OF.has(type)) return "closes";
  if (type === t.FnNamed) return "begins one on a line of its own";
  return t.STATEMENT_WORDS.has(type) ? "begins a statement" : undefined;
}

/** Some whole statements of the top level, and the errors in their text. */
export interface TokenGroup {
  readonly tokens: IToken[];
  readonly problems: Diagnostic[];
  /** The brackets that are open at the end. Only the last group can have any. */
  readonly open: readonly IToken[];
}

/**
 * Cuts a source into tokens, group by group. A chunk of text ends at a line end, because no token spans lines; a group
 * ends at a line end outside of brackets, because no statement spans that.
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

/**
 * A statement begins inside of parentheses, so one was left open: puts a line end before it, where a reader sees one, so
 * that one error does not hide all others.
 */
function endOpenLine(tokens: IToken[], open: IToken[]): void {
  const innermost = open[open.length - 1] as IToken;
  if (innermost.tokenType === t.LeftBrace) return;
  while (open.length > 0 && open[open.length - 1]?.tokenType !== t.LeftBrace) open.pop();
  tokens.push(lineEndAfter(tokens[tokens.length - 1] as IToken, innermost));
}

/** The bracket that was left open, if the line end was put there for that reason. */
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
      message: "a letter directly after a number",
      hint: "numbers consist of decimal digits only",
    };
  }
  return {
    source,
    span,
    message: "this string is not closed",
    hint: 'a string must end with `"` on its line; `\\n` is a line end in it',
  };
}

const HINTS: Readonly<Record<string, string>> = {
  "'": 'strings are written in double quotes: "…"',
  "&": "the operator is written `and`",
  "|": "the operator is written `or`",
  "!": "the operator is written `not`",
  "\r": "lines end in LF or CRLF",
  "“": 'strings are written in straight double quotes: "…"',
  "”": 'strings are written in straight double quotes: "…"',
  "‘": 'strings are written in straight double quotes: "…"',
  "’": 'strings are written in straight double quotes: "…"',
  "−": "the minus sign is `-`",
  "–": "the minus sign is `-`",
  "\u00a0": "this is a no-break space: type a plain one",
  "\ufeff": "a byte-order mark is allowed at the beginning of a file only",
  "\\": "nothing continues a line; inside ( ) and [ ] line ends do not count",
};

function unexpected(source: SourceText, start: number, text: string): Diagnostic {
  const hint =
    HINTS[text.charAt(0)] ?? (/^\p{L}/u.test(text) ? "names consist of a-z, A-Z, 0-9 and _" : undefined);
  const message = `there is no ${describeCharacter(text)} in the language`;
  return { source, span: { start, end: start + text.length }, message, ...(hint ? { hint } : {}) };
}

function describeCharacter(text: string): string {
  const point = text.codePointAt(0) as number;
  const visible = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(point));
  const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  return visible ? `\`${String.fromCodePoint(point)}\`` : `character ${name}`;
}
