import { EOF, type IToken, NotAllInputParsedException } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { positionOf } from "../diagnostics/position.ts";
import type { SourceText } from "../diagnostics/source.ts";
import type { TokenGroup } from "../lexer/tokenize.ts";
import { LineEnd, RightBrace } from "../lexer/tokens.ts";
import type * as ast from "./ast.ts";
import { Grammar } from "./grammar.ts";
import { type Problem, Unparsable } from "./problem.ts";
import { afterClosing, type Restart, resume } from "./resume.ts";
import { problemAt } from "./syntax-messages.ts";

/** Built when this module is loaded, which is slow, and used for all sources. The executable's snapshot holds it. */
const grammar = new Grammar();

/** Nobody reads more errors, and to go on after each takes time. */
export const MAX_PROBLEMS = 1000;

export type Parsed =
  | { readonly ok: true; readonly program: ast.Program }
  | {
      readonly ok: false;
      readonly problems: readonly Diagnostic[];
      /** Whether more lines could still make it a program: a bracket is open, and nothing else is wrong. */
      readonly incomplete: boolean;
    };

/**
 * Parses a source.
 *
 * @param tokens What `tokenize` makes of it.
 * @returns Its tree, or every syntax error that was found in it, in the order of the text.
 */
export function parse(source: SourceText, tokens: Iterable<TokenGroup>): Parsed {
  const statements: ast.Statement[] = [];
  const problems: Diagnostic[] = [];
  let incomplete = false;
  for (const group of tokens) {
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
  return { ok: false, problems: worthReporting(problems, source), incomplete };
}

/** Parses the statements of one group, going on after an error where the next statement begins. */
function parseGroup(source: SourceText, group: TokenGroup, statements: ast.Statement[]): Problem[] {
  const { tokens } = group;
  const problems: Problem[] = [];
  let place: Restart = { at: 0, unclosed: 0 };
  while (place.at < tokens.length && problems.length < MAX_PROBLEMS) {
    const stuck = attempt(tokens, place.at);
    problems.push(...grammar.problems);
    for (const statement of grammar.statements) statements.push(statement);
    if (stuck === undefined) break;
    const { stray, problem } = stuck;
    if (stray !== undefined && place.unclosed > 0) {
      place = afterClosing(tokens, { at: stray, unclosed: place.unclosed });
    } else {
      problems.push(withOpenBracket(problem, group, source));
      place = resume(tokens, place, problem.start);
    }
  }
  return problems;
}

/** Why the parser stopped. */
interface Stuck {
  readonly problem: Problem;
  /** The index of a closing brace that closes nothing. */
  readonly stray?: number;
}

function attempt(tokens: IToken[], from: number): Stuck | undefined {
  grammar.begin(tokens, from);
  try {
    grammar.program();
  } catch (error) {
    if (error instanceof Unparsable) return { problem: error.problem };
    throw error;
  }
  const error = grammar.errors[0];
  if (error === undefined) return undefined;
  const at = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token, from);
  const before = tokens.slice(from, at);
  const previous =
    at === tokens.length ? before.findLast(({ tokenType }) => tokenType !== LineEnd) : before.at(-1);
  const problem = problemAt(error.token, previous, error.message);
  const isStray = error instanceof NotAllInputParsedException && error.token.tokenType === RightBrace;
  return isStray ? { problem, stray: at } : { problem };
}

/** Says which bracket was left open, where the text ended too early. */
function withOpenBracket(problem: Problem, group: TokenGroup, source: SourceText): Problem {
  const bracket = problem.open ?? (problem.atEnd ? group.open.at(-1) : undefined);
  if (bracket === undefined || problem.hint !== undefined) return problem;
  const { line, column } = positionOf(source, bracket.startOffset);
  return { ...problem, hint: `the \`${bracket.image}\` at ${line}:${column} is still open` };
}

/** The first problem of each line, because those after it are mostly its consequences; and not too many. */
export function worthReporting(problems: readonly Diagnostic[], { text }: SourceText): Diagnostic[] {
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start);
  const firsts = sorted.filter(({ span }, i) => {
    const before = sorted[i - 1];
    return before === undefined || text.slice(before.span.start, span.start).includes("\n");
  });
  return firsts.slice(0, MAX_PROBLEMS);
}
