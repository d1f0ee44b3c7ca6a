/**
 * What the language needs of the JavaScript engine that hosts it, here of Node: code made from text, a way to break off a
 * run, the calls on an error's stack, the size of the heap. The only file of the language's rooms that knows Node; another
 * host, such as a browser, takes a file with the same exports instead. Streams, files and modules are not here: a World
 * brings them.
 */
import { getHeapStatistics } from "node:v8";
import { Script } from "node:vm";

/**
 * Evaluates generated JavaScript. The only place where text becomes code: in the executable, all other ways are shut
 * (`--disallow-code-generation-from-strings`).
 *
 * @param name What the engine calls the text on an error's stack.
 */
export function evaluateJavaScript(text: string, name: string): unknown {
  return new Script(text, { filename: name }).runInThisContext();
}

/** Thrown where SIGINT broke off a run. */
export class Interrupted {}

const ENTRY = Symbol.for("inc.entry");

/**
 * Makes a call that SIGINT breaks off, also in a loop or in a blocked read.
 *
 * @throws {Interrupted}
 */
export function interruptible<T>(call: () => T): T {
  const holder = globalThis as { [ENTRY]?: () => T };
  const outer = holder[ENTRY];
  holder[ENTRY] = call;
  try {
    // Compiled for each call, because a startup snapshot cannot hold a script.
    const script = new Script(`globalThis[Symbol.for("inc.entry")]()`, { filename: "inc-entry" });
    return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
      throw new Interrupted();
    throw error;
  } finally {
    if (outer) holder[ENTRY] = outer;
    else delete holder[ENTRY];
  }
}

/** A call on an error's stack. */
export interface StackCall {
  /** The name of the text that the called function stands in; undefined for functions of the engine. */
  readonly text: string | undefined;
  readonly function: string | undefined;
  /** From 1. */
  readonly line: number;
}

/** Makes a call in which errors remember their whole stack, not only its last ten calls. */
export function withWholeStacks<T>(call: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The calls that led to an error, innermost first. Empty where its stack was read before. */
export function stackOf(error: Error): StackCall[] {
  const outer = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    const sites: unknown = error.stack;
    return Array.isArray(sites) ? sites.map(stackCall) : [];
  } finally {
    Error.prepareStackTrace = outer;
  }
}

function stackCall(site: NodeJS.CallSite): StackCall {
  return {
    text: site.getFileName() ?? undefined,
    function: site.getFunctionName() ?? undefined,
    line: site.getLineNumber() ?? 1,
  };
}

/** V8's heap limit includes three times the space for young objects, of 64 MiB each, which kept values do not fill. */
const YOUNG_BYTES = 192 << 20;

/** The heap in bytes: how much is in use, and how much there is for values that are kept. */
export function heapBytes(): { readonly used: number; readonly size: number } {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return { used, size: Math.max(limit - YOUNG_BYTES, limit / 4) };
}
