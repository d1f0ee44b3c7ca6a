/**
 * The pipeline: admits everything that the command line and the environment name, then decodes, parses and runs it. All is
 * admitted first, so that nothing has run where one source is refused.
 */
import type { SourceText } from "../diagnostics/source.ts";
import { type AdmittedCode, admit, admitSession, isTerminal, type Origin } from "../exec-check/exec-check.ts";
import { tokenize } from "../lexer/tokenize.ts";
import { restoreName } from "../linux/process-calls.ts";
import { parse } from "../parser/parse.ts";
import { printTree } from "../parser/print-tree.ts";
import type { Ending } from "../program/leave.ts";
import { print } from "../program/output.ts";
import { createInterpreter, type Interpreter } from "../runtime/interpreter.ts";
import type { RunResult } from "../runtime/run-result.ts";
import { conclude, concludeStatement } from "./conclude.ts";
import { initOrigin, startupOrigin } from "./init-and-startup.ts";
import { processWorld } from "./process-world.ts";
import { evaluator } from "./prompt/evaluator.ts";
import { prompt } from "./prompt/prompt.ts";
import { createTypeAhead } from "./prompt/type-ahead.ts";
import { sourceText } from "./source-text.ts";

/**
 * Runs a script; or looks for its errors, or shows its tree, and runs nothing.
 *
 * @param args What the script gets as its arguments.
 * @param securebits The bits that everything is decided by.
 */
export function interpret(
  task: "run" | "check" | "ast",
  script: Origin,
  args: readonly Buffer[],
  securebits: number,
): Ending | Promise<Ending> {
  restoreName();
  const ahead = createTypeAhead();
  const world = processWorld(args, securebits, ahead);
  const interpreter = createInterpreter(world);
  const options = { securebits, hold: true };

  if (task !== "run") {
    const source = sourceText(admit(script, options), pathOf(script));
    return conclude(task === "check" ? checked(interpreter, source) : printed(source)) ?? 0;
  }

  const initial = initOrigin();
  const init = initial && admit(initial, options);
  if (wantsPrompt(script)) {
    const terminal = admitSession(script, options);
    const file = startupOrigin();
    const startup = file && admit(file, options);
    const session = interpreter.session();
    return (
      (init && conclude(run(interpreter, init))) ??
      (startup && concludeStatement(session.run(sourceText(startup, file?.path)))) ??
      prompt(terminal, ahead, evaluator(session, ahead))
    );
  }
  const code = admit(script, options);
  return (init && conclude(run(interpreter, init))) ?? conclude(run(interpreter, code, pathOf(script))) ?? 0;
}

function checked(interpreter: Interpreter, source: SourceText): RunResult {
  const problems = interpreter.check(source);
  return problems.length === 0 ? { kind: "done" } : { kind: "failed", problems };
}

function printed(source: SourceText): RunResult {
  const parsed = parse(source, tokenize(source));
  if (!parsed.ok) return { kind: "failed", problems: parsed.problems };
  let text = "";
  for (const line of printTree(parsed.program)) {
    text += line;
    if (text.length < PRINTED_AT_ONCE) continue;
    print(1, text);
    text = "";
  }
  print(1, text);
  return { kind: "done" };
}

/** In characters. The whole tree of a long script would be more than a string can hold. */
const PRINTED_AT_ONCE = 1 << 16;

function pathOf(script: Origin): Uint8Array | undefined {
  return script.from === "path" ? Buffer.from(script.path) : undefined;
}

/** Whether a person is there: somebody to type on standard input, and to see the prompt on standard error. */
function wantsPrompt(script: Origin): script is Extract<Origin, { from: "stdin" }> {
  return script.from === "stdin" && isTerminal(0) && isTerminal(2);
}

function run(interpreter: Interpreter, code: AdmittedCode, path?: Uint8Array): RunResult {
  return interpreter.run(sourceText(code, path), code.identity);
}
