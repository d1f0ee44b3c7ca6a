import { EmbeddedActionsParser, type IToken } from "chevrotain";
import { SHORT_ESCAPES } from "../diagnostics/quote-text.ts";
import { unescapeText } from "../lexer/text-literal.ts";
import { ALL_TOKENS } from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { type Problem, Unparsable } from "./problem.ts";
import { syntaxMessages } from "./syntax-messages.ts";
import { after, spanOf } from "./token-nodes.ts";

/** How deep brackets, blocks and prefixes may nest: what the host's stack holds, with room to spare. */
export const MAX_NESTING = 100;
/** What the host takes in one call is 65,535; nobody writes 255. */
export const MAX_ARGUMENTS = 255;

const SHORT = Object.keys(SHORT_ESCAPES).map((letter) => `\\${letter}`);
/** A hint. */
const ESCAPES = `the escapes are ${SHORT.join(" ")} and \\u{1 to 6 hexadecimal digits}`;

/** What both halves of the grammar use: where the parser stands, and nodes of one token. */
export abstract class BaseGrammar extends EmbeddedActionsParser {
  /** Problems that do not stop the parser. */
  problems: Problem[] = [];
  protected nesting = 0;
  readonly #names = new Map<string, string>();
  /** Chevrotain's own, which its types leave out: the place of the last token that was taken. */
  declare readonly importLexerState: (at: number) => void;

  constructor() {
    super(ALL_TOKENS, { maxLookahead: 1, errorMessageProvider: syntaxMessages });
  }

  /** Begins anew among some tokens. */
  begin(tokens: IToken[], from: number): void {
    this.problems = [];
    this.nesting = 0;
    this.input = tokens;
    this.importLexerState(from - 1);
  }

  /** Lets go of what was kept for one source. */
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

  /** The same text for the same name: a tree keeps each once, and its hash with it. */
  protected oneOf(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  /** Goes into a bracket or behind a prefix. */
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
