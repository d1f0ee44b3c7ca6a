import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { BadCode, ExitRequest, Failure, WrongCount } from "../values/failure.ts";
import { Interrupted, interruptible } from "./load-unit.ts";
import type { Machine } from "./machine.ts";
import { OutputClosed, OutputFailed } from "./output.ts";
import { originOf } from "./trace.ts";
import type { World } from "./world.ts";

/** How a run ended. Whatever the program printed has been flushed. */
export type Outcome = { readonly kind: "done" } | Ending;

/** How a run ended that did not get to its end. */
export type Ending =
  | {
      readonly kind: "failed";
      readonly problems: readonly Diagnostic[];
      /** How many errors more the code has: a run tells of the first ones, a check of all. */
      readonly more?: number;
    }
  /** `exit(status)` */
  | { readonly kind: "exit"; readonly status: number }
  /** SIGINT stopped it: a program ends by SIGINT then, a prompt goes on. */
  | { readonly kind: "interrupted" }
  /** Nobody reads the output: end by SIGPIPE. */
  | { readonly kind: "output closed" }
  | { readonly kind: "output failed"; readonly error: Error };

const MAX_TOLD = 20;

/** Runs something to its end, and says how it ended. What is no matter of the program is thrown on. */
export function outcomeOf<T>(
  world: World,
  machine: Machine,
  run: () => T,
): { readonly kind: "done"; value: T } | Ending {
  const limit = Error.stackTraceLimit;
  // The calls that led to an error are read from its stack.
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  try {
    const value = interruptible(() => {
      const result = run();
      world.output.flush();
      return result;
    });
    return { kind: "done", value };
  } catch (thrown) {
    machine.modules.forgetUnfinished();
    return flushed(world, machine, endingOf(thrown, machine));
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function flushed(world: World, machine: Machine, ending: Ending): Ending {
  try {
    world.output.flush();
    return ending;
  } catch (thrown) {
    return endingOf(thrown, machine);
  }
}

function endingOf(thrown: unknown, machine: Machine): Ending {
  if (thrown instanceof Interrupted) return { kind: "interrupted" };
  if (thrown instanceof ExitRequest) return { kind: "exit", status: thrown.status };
  if (thrown instanceof OutputClosed) return { kind: "output closed" };
  if (thrown instanceof OutputFailed) return { kind: "output failed", error: thrown.error };
  if (thrown instanceof BadCode) {
    const first = thrown.problems.slice(0, MAX_TOLD);
    const more = thrown.problems.length - first.length;
    return { kind: "failed", problems: withTrace(thrown, first, machine), more };
  }
  const message = thrown instanceof Failure ? thrown.message : hostLimit(thrown);
  const origin = message === undefined ? undefined : originOf(thrown as Error, machine.unitOf);
  if (message === undefined || origin === undefined) throw thrown;
  const { source, place, trace } = origin;
  const { hint, at }: Partial<Failure> = thrown instanceof Failure ? thrown : {};
  const given = thrown instanceof WrongCount ? `, not ${place.given}` : "";
  return {
    kind: "failed",
    problems: [{ source, span: at ?? place, trace, message: message + given, ...(hint ? { hint } : {}) }],
  };
}

/** The errors of code that a running program brought in, with the calls that led to it. */
function withTrace(bad: BadCode, problems: readonly Diagnostic[], machine: Machine): readonly Diagnostic[] {
  const origin = originOf(bad, machine.unitOf);
  if (origin === undefined) return problems;
  const entry = { entered: bad.entered, how: bad.how, source: origin.source, span: origin.place } as const;
  const last = problems.length - 1;
  return problems.map((problem, i) =>
    i === last ? { ...problem, trace: [entry, ...origin.trace] } : problem,
  );
}

/** What a limit of the host means to a script. Our own limits come first; this is the net below them. */
function hostLimit(thrown: unknown): string | undefined {
  if (!(thrown instanceof RangeError)) return undefined;
  if (/call stack/.test(thrown.message)) return "calls nest too deep";
  return /length|size|Map/.test(thrown.message) ? "a value grows too large" : undefined;
}
