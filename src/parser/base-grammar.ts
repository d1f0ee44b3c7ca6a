import { EmbeddedActionsParser, type IToken } from "chevrotain";
import { SHORT_ESCAPES } from "../diagnostics/quote-text.ts";
import { unescapeText } from "../lexer/text-literal.ts";
import { ALL_TOKENS } from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { type Problem, Unparsable } from "./problem.ts";
import { syntaxMessages } from "./syntax-messages.ts";
import { after, spanOf } from "./token-nodes.ts";

/** How deep brackets, blocks and prefixes may nest. V8's stack holds several hundred levels. */
export const MAX_NESTING = 100;
/** Parameters, and arguments of a call. V8 takes up to 65,535. */
export const MAX_ARGUMENTS = 255;

const SHORT = Object.keys(SHORT_ESCAPES).map((letter) => `\\${letter}`);
/** A hint. */
const ESCAPES = `the escapes are ${SHORT.join(" ")} and \\u{1 to 6 hexadecimal digits}`;

/** What both halves of the grammar use: the problems, the depth of nesting, and nodes of one token. */
export abstract class BaseGrammar extends EmbeddedActionsParser {
  /** The problems so far that did not stop the parser. */
  problems: Problem[] = [];
  protected nesting = 0;
  readonly #names = new Map<string, string>();
  /** A method of Chevrotain that its types leave out: sets the index of the last token that was taken. */
  declare readonly importLexerState: (at: number) => void;

  constructor() {
    super(ALL_TOKENS, { maxLookahead: 1, errorMessageProvider: syntaxMessages });
  }

  /** Begins to parse some tokens, at an index. */
  begin(tokens: IToken[], from: number): void {
    this.problems = [];
    this.nesting = 0;
    this.input = tokens;
    this.importLexerState(from - 1);
  }

  /** Forgets what was kept for one source. */
  end(): void {
    this.#names.clear();
    this.input = [];
  }

  protected identifier(token: IToken): ast.Identifier {
    return { name: this.oneOf(token.image), start: token.startOffset, end: after(token) };
  }

  protected unescape(token: IToken): string {
    return unescapeText(token.image, ({ offset, length, message }) => {
      const start = token.startOffset + offset;
      this.problems.push({ start, end: start + length, message, hint: ESCAPES });
    });
  }

  /** The same string for the same name, so that a tree holds each name, and its hash, once. */
  protected oneOf(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  /** Counts a bracket or prefix that was entered. */
  protected enter(at: IToken): void {
    if (++this.nesting > MAX_NESTING) {
      const message = `this nests deeper than ${MAX_NESTING} levels`;
      throw new Unparsable({ ...spanOf(at), message });
    }
  }

  protected leave(): void {
    this.nesting--;
  }

  protected notTooMany(items: readonly unknown[], close: IToken, what: string): void {
    if (items.length > MAX_ARGUMENTS) {
      this.problems.push({
        ...spanOf(close),
        message: `more than ${MAX_ARGUMENTS} ${what}`,
        hint: "use a list",
      });
    }
  }
}
