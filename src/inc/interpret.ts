/**
 * The pipeline: everything that the command line and the environment name is admitted first, so that a refusal finds
 * nothing half-run; then it is decoded, parsed and run.
 */

import { renderDiagnostic } from "../diagnostics/render-diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import {
  type AdmittedCode,
  type AdmittedSession,
  admit,
  admitSession,
  isTerminal,
  linuxKernel,
} from "../exec-check/exec-check.ts";
import { parse } from "../parser/parse.ts";
import { printTree } from "../parser/print-tree.ts";
import type { Ending } from "../program/leave.ts";
import { createInterpreter, type Interpreter } from "../runtime/interpreter.ts";
import type { Outcome } from "../runtime/outcome.ts";
import type { Output } from "../runtime/output.ts";
import type { Session } from "../runtime/session.ts";
import type { World } from "../runtime/world.ts";
import type { Script } from "./command-line.ts";
import { initOrigin, originOf, startupOrigin } from "./init-and-startup.ts";
import * as messages from "./messages.ts";
import { obeyedSecurebits } from "./obeyed-securebits.ts";
import { processWorld } from "./process-world.ts";
import { prompt } from "./prompt/prompt.ts";
import { createTypedAhead, type TypedAhead } from "./prompt/type-ahead.ts";
import { sourceText } from "./source-text.ts";

/** Runs a script; or looks for its errors, or shows its tree, and runs nothing. */
export function interpret(
  task: "run" | "check" | "ast",
  script: Script,
  args: readonly Buffer[],
): Ending | Promise<Ending> {
  const securebits = obeyedSecurebits();
  linuxKernel.restoreName();
  const ahead = createTypedAhead();
  const world = processWorld(args, securebits, ahead);
  const interpreter = createInterpreter(world);
  const show = (outcome: Outcome) => conclude(outcome, world);
  const options = { securebits, hold: true };

  if (task !== "run") {
    const source = sourceText(admit(originOf(script, args), options), pathOf(script));
    return show(task === "check" ? checked(interpreter, source) : printed(source, world.output)) ?? 0;
  }

  const initial = initOrigin();
  const init = initial && admit(initial, options);
  if (wantsPrompt(script)) {
    const terminal = admitSession({ from: "stdin", args }, options);
    const file = startupOrigin();
    const startup = file && admit(file, options);
    const session = interpreter.session();
    return (
      (init && show(run(interpreter, init))) ??
      (startup && unlessFailed(session.run(sourceText(startup, file?.path)), world)) ??
      promptIn(terminal, session, world, ahead)
    );
  }
  const code = admit(originOf(script, args), options);
  return (init && show(run(interpreter, init))) ?? show(run(interpreter, code, pathOf(script))) ?? 0;
}

function checked(interpreter: Interpreter, source: SourceText): Outcome {
  const problems = interpreter.check(source);
  return problems.length === 0 ? { kind: "done" } : { kind: "failed", problems };
}

function printed(source: SourceText, output: Output): Outcome {
  const parsed = parse(source);
  if (!parsed.ok) return { kind: "failed", problems: parsed.problems };
  for (const line of printTree(parsed.program)) output.write(line);
  output.flush();
  return { kind: "done" };
}

function pathOf(script: Script): Buffer | undefined {
  return script.from === "path" ? script.path : undefined;
}

/** The prompt is for a person: who is there to type, and to see it. It writes to standard error. */
function wantsPrompt(script: Script): boolean {
  return script.from === "stdin" && isTerminal(0) && isTerminal(2);
}

function run(interpreter: Interpreter, code: AdmittedCode, path?: Buffer): Outcome {
  return interpreter.run(sourceText(code, path), code.identity);
}

function promptIn(
  terminal: AdmittedSession,
  session: Session,
  world: World,
  ahead: TypedAhead,
): Promise<Ending> {
  return prompt(terminal, ahead, {
    names: (of) => session.names(of),
    enter(code) {
      const answer = session.enter(sourceText(code));
      switch (answer.kind) {
        case "incomplete":
          return "incomplete";
        case "done":
          if (answer.shown !== undefined) world.output.write(`${answer.shown}\n`);
          world.output.flush();
          return undefined;
        case "interrupted":
          ahead.clear();
          world.errors.write(messages.INTERRUPTED);
          return undefined;
        default:
          return unlessFailed(answer, world);
      }
    },
  });
}

/** At the prompt an error ends the statement that made it, and no more. */
function unlessFailed(outcome: Outcome, world: World): Ending | undefined {
  const ending = conclude(outcome, world);
  return outcome.kind === "failed" ? undefined : ending;
}

/** Says what there is to say of an outcome. Gives the ending that it means, if it means one. */
function conclude(outcome: Outcome, { errors }: World): Ending | undefined {
  switch (outcome.kind) {
    case "done":
      return undefined;
    case "failed":
      for (const problem of outcome.problems) errors.write(renderDiagnostic(problem));
      if (outcome.more) errors.write(messages.moreErrors(outcome.more));
      return 1;
    case "exit":
      return outcome.status;
    case "interrupted":
      return "SIGINT";
    case "output closed":
      return "SIGPIPE";
    case "output failed":
      errors.write(messages.outputFailed(outcome.error));
      return 1;
  }
}
