import { createToken, Lexer, type TokenType } from "chevrotain";
import { matchClosedText, matchOpenText } from "./text-literal.ts";

/** Names are ASCII only, so that two names that look the same are the same. */
export const Name = createToken({ name: "Name", pattern: /[A-Za-z_][A-Za-z0-9_]*/, label: "a name" });

const words = new Set<string>();

function word(text: string, ...categories: TokenType[]): TokenType {
  words.add(text);
  const name = text.charAt(0).toUpperCase() + text.slice(1);
  return createToken({ name, pattern: new RegExp(text), label: `\`${text}\``, longer_alt: Name, categories });
}

function sign(name: string, text: string, ...categories: TokenType[]): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\``, categories });
}

export const Print = word("print");
export const Let = word("let");
export const If = word("if");
export const Else = word("else");
export const While = word("while");
export const For = word("for");
export const In = word("in");
export const Break = word("break");
export const Continue = word("continue");
/** `fn` before a name begins a declaration. A token of its own lets the grammar decide by one token. */
export const FnNamed = createToken({ name: "FnNamed", pattern: /fn(?=[ \t]+[A-Za-z_])/, label: "`fn`" });
export const Fn = word("fn");
export const Return = word("return");
export const Import = word("import");
export const As = word("as");
/** The category of all operators between two operands. */
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  pattern: Lexer.NA,
  label: "an operator",
});

export const Or = word("or", BinaryOperator);
export const And = word("and", BinaryOperator);
export const Not = word("not");
export const True = word("true");
export const False = word("false");
export const Nil = word("nil");

export const Equal = sign("Equal", "==", BinaryOperator);
export const NotEqual = sign("NotEqual", "!=", BinaryOperator);
export const LessEqual = sign("LessEqual", "<=", BinaryOperator);
export const GreaterEqual = sign("GreaterEqual", ">=", BinaryOperator);
export const Less = sign("Less", "<", BinaryOperator);
export const Greater = sign("Greater", ">", BinaryOperator);
export const Assign = sign("Assign", "=");
export const Plus = sign("Plus", "+", BinaryOperator);
export const Minus = sign("Minus", "-", BinaryOperator);
export const Star = sign("Star", "*", BinaryOperator);
export const Slash = sign("Slash", "/", BinaryOperator);
export const Percent = sign("Percent", "%", BinaryOperator);
export const Question = sign("Question", "?");
export const LeftParen = sign("LeftParen", "(");
export const RightParen = sign("RightParen", ")");
export const LeftBracket = sign("LeftBracket", "[");
export const RightBracket = sign("RightBracket", "]");
export const LeftBrace = sign("LeftBrace", "{");
export const RightBrace = sign("RightBrace", "}");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Dot = sign("Dot", ".");
export const Semicolon = sign("Semicolon", ";");

export const LineEnd = createToken({ name: "LineEnd", pattern: "\n", label: "the end of the line" });
/** Includes the first half of CRLF. */
export const Space = createToken({ name: "Space", pattern: /[ \t]+|\r(?=\n)/, group: Lexer.SKIPPED });
export const Comment = createToken({ name: "Comment", pattern: /#[^\n]*/, group: Lexer.SKIPPED });

export const Integer = createToken({ name: "Integer", pattern: /[0-9]+/, label: "a number" });
export const NumberWithLetters = createToken({
  name: "NumberWithLetters",
  pattern: /[0-9]+[A-Za-z_][A-Za-z0-9_]*/,
});

// Functions as patterns, because a regular expression over a literal of 10 MB overflows the stack of V8's matcher.
const TEXT_START = { start_chars_hint: ['"'], line_breaks: false };
export const Text = createToken({ name: "Text", pattern: matchClosedText, label: "a string", ...TEXT_START });
export const OpenText = createToken({ name: "OpenText", pattern: matchOpenText, ...TEXT_START });

/** In the order in which the lexer tries them: where two match, the first wins. */
export const ALL_TOKENS: TokenType[] = [
  BinaryOperator,
  ...[Space, LineEnd, Comment],
  ...[Print, Let, If, Else, While, For, In, Break, Continue, FnNamed, Fn, Return, Import, As],
  ...[Or, And, Not, True, False, Nil, Name],
  ...[NumberWithLetters, Integer, Text, OpenText],
  ...[
    Equal,
    NotEqual,
    LessEqual,
    GreaterEqual,
    Less,
    Greater,
    Assign,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Question,
  ],
  ...[LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace, Comma, Colon, Dot, Semicolon],
];

/** Words that begin a statement and stand in no expression. Inside parentheses they show that a bracket was left open. */
export const STATEMENT_WORDS: ReadonlySet<TokenType> = new Set([
  ...[Print, Let, If, While, For, Break, Continue, FnNamed, Return, Import],
]);

/** Words that cannot be names. */
export const RESERVED_WORDS: ReadonlySet<string> = words;
