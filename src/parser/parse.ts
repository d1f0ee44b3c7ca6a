import { EOF, type IToken } from "chevrotain";
import type { Diagnostic } from "../lexer/diagnostic.ts";
import { positionOf } from "../lexer/render-diagnostic.ts";
import type { SourceText } from "../lexer/source.ts";
import { type TokenGroup, tokenize } from "../lexer/tokenize.ts";
import { LineEnd } from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { Grammar } from "./grammar.ts";
import { type Problem, Unparsable } from "./problem.ts";
import { resume } from "./resume.ts";
import { problemAt } from "./syntax-messages.ts";

/** Built once, when this module is loaded (in the executable: when its snapshot is made), and used again. */
const grammar = new Grammar();

/** More errors than this help nobody. */
const MAX_PROBLEMS = 20;

export type Parsed =
  | { readonly ok: true; readonly program: ast.Program }
  | {
      readonly ok: false;
      readonly problems: readonly Diagnostic[];
      /** Whether more lines could still make it a program: a bracket is open, and nothing else is wrong. */
      readonly incomplete: boolean;
    };

/** The tree of a source, or every syntax error that was found in it, in the order of the text. */
export function parse(source: SourceText): Parsed {
  const statements: ast.Statement[] = [];
  const problems: Diagnostic[] = [];
  let incomplete = false;
  for (const group of tokenize(source)) {
    problems.push(...group.problems);
    const found = parseGroup(source, group, statements);
    for (const { start, end, message, hint } of found) {
      problems.push({ source, span: { start, end }, message, ...(hint ? { hint } : {}) });
    }
    incomplete =
      problems.length === 1 && found.length === 1 && found[0]?.atEnd === true && group.open.length > 0;
    if (problems.length >= MAX_PROBLEMS) break;
  }
  grammar.end();
  if (problems.length === 0) {
    return { ok: true, program: { statements, start: 0, end: source.text.length } };
  }
  return { ok: false, problems: onePerLine(problems, source).slice(0, MAX_PROBLEMS), incomplete };
}

/** Parses the statements of one group, going on after an error where the next statement begins. */
function parseGroup(source: SourceText, group: TokenGroup, statements: ast.Statement[]): Problem[] {
  const problems: Problem[] = [];
  let tokens = group.tokens;
  while (tokens.length > 0 && problems.length < MAX_PROBLEMS) {
    const failure = attempt(tokens);
    problems.push(...grammar.problems);
    for (const statement of grammar.statements) statements.push(statement);
    if (failure === undefined) break;
    problems.push(withOpenBracket(failure, group, source));
    tokens = resume(tokens, failure.start);
  }
  return problems;
}

function attempt(tokens: IToken[]): Problem | undefined {
  grammar.begin(tokens);
  try {
    grammar.program();
  } catch (thrown) {
    if (thrown instanceof Unparsable) return thrown.problem;
    throw thrown;
  }
  const error = grammar.errors[0];
  if (error === undefined) return undefined;
  const isEnd = error.token.tokenType === EOF;
  const previous = isEnd
    ? tokens.findLast(({ tokenType }) => tokenType !== LineEnd)
    : tokens[tokens.indexOf(error.token) - 1];
  return problemAt(error.token, previous, error.message);
}

/** Says which bracket was left open, where the text ended too early. */
function withOpenBracket(problem: Problem, group: TokenGroup, source: SourceText): Problem {
  const bracket = group.open.at(-1);
  if (bracket === undefined || problem.hint !== undefined || !problem.atEnd) return problem;
  const { line, column } = positionOf(source, bracket.startOffset);
  return { ...problem, hint: `the \`${bracket.image}\` at ${line}:${column} is still open` };
}

/** The first problem of each line: what follows it there is mostly its consequence. */
function onePerLine(problems: readonly Diagnostic[], { text }: SourceText): Diagnostic[] {
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start);
  return sorted.filter(({ span }, i) => {
    const before = sorted[i - 1];
    return before === undefined || text.slice(before.span.start, span.start).includes("\n");
  });
}
