import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { Interrupted, interruptible, withWholeStacks } from "../host/host.ts";
import { ScriptError, WrongCount } from "../values/script-error.ts";
import { BadCode } from "./bad-code.ts";
import { ExitRequest } from "./builtins/outside-functions.ts";
import { locateError } from "./locate-error.ts";
import type { Machine } from "./machine.ts";
import { type Output, OutputClosed, OutputFailed } from "./output.ts";

/** How a run ended. What the program printed has been written. */
export type RunResult = { readonly kind: "done" } | Stop;

/** Why a run stopped before its end. */
export type Stop =
  | {
      readonly kind: "failed";
      readonly problems: readonly Diagnostic[];
      /** How many more errors the code has. A run gives the first ones, a check all of them. */
      readonly more?: number;
    }
  /** `exit(status)` */
  | { readonly kind: "exit"; readonly status: number }
  /** SIGINT stopped it: a program then ends by SIGINT, and a prompt goes on. */
  | { readonly kind: "interrupted" }
  /** Nobody reads the output any more: a program then ends by SIGPIPE. */
  | { readonly kind: "output closed" }
  | { readonly kind: "output failed"; readonly error: Error };

/** How many errors in its code a run tells. */
export const MAX_TOLD = 20;

/** Makes a call, and tells how it ended. Errors that are not the script's are thrown on. */
export function resultOf<T>(
  run: () => T,
  output: Output,
  machine: Machine,
): { readonly kind: "done"; value: T } | Stop {
  try {
    // An error's stack tells the calls that led to it.
    return withWholeStacks(() =>
      interruptible(() => {
        const value = run();
        output.flush();
        return { kind: "done", value };
      }),
    );
  } catch (error) {
    return flushed(output, machine, stopOf(error, machine));
  }
}

function flushed(output: Output, machine: Machine, stop: Stop): Stop {
  try {
    output.flush();
    return stop;
  } catch (error) {
    return stopOf(error, machine);
  }
}

function stopOf(error: unknown, machine: Machine): Stop {
  if (error instanceof Interrupted) return { kind: "interrupted" };
  if (error instanceof ExitRequest) return { kind: "exit", status: error.status };
  if (error instanceof OutputClosed) return { kind: "output closed" };
  if (error instanceof OutputFailed) return { kind: "output failed", error: error.error };
  if (error instanceof BadCode) {
    const first = error.problems.slice(0, MAX_TOLD);
    const more = error.problems.length - first.length;
    return { kind: "failed", problems: withTrace(error, first, machine), more };
  }
  const message = error instanceof ScriptError ? error.message : hostLimit(error);
  const location = message === undefined ? undefined : locateError(error as Error, machine.unitOf);
  if (message === undefined || location === undefined) throw error;
  const { source, span, trace } = location;
  const { hint, at }: Partial<ScriptError> = error instanceof ScriptError ? error : {};
  const given = error instanceof WrongCount ? `, not ${span.given}` : "";
  return {
    kind: "failed",
    problems: [{ source, span: at ?? span, trace, message: message + given, ...(hint ? { hint } : {}) }],
  };
}

/** Adds to the errors of code that a running program brought in the calls that led to it. */
function withTrace(bad: BadCode, problems: readonly Diagnostic[], machine: Machine): readonly Diagnostic[] {
  const location = locateError(bad, machine.unitOf);
  if (location === undefined) return problems;
  const { title, how } = bad.placement;
  const entry = { entered: title, how, source: location.source, span: location.span };
  const last = problems.length - 1;
  return problems.map((problem, i) =>
    i === last ? { ...problem, trace: [entry, ...location.trace] } : problem,
  );
}

/** What a limit of V8 means for a script. The language's own limits are lower, so that this is rarely reached. */
function hostLimit(error: unknown): string | undefined {
  if (!(error instanceof RangeError)) return undefined;
  if (/call stack/.test(error.message)) return "calls nest too deep";
  return /length|size|Map/.test(error.message) ? "a value grows too large" : undefined;
}
