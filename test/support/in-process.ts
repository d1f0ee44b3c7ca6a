// Runs programs inside the test's own process, with files and streams in memory: for properties, which run thousands of them.
import { renderDiagnostic } from "../../src/diagnostics/render-diagnostic.ts";
import type { SourceText } from "../../src/diagnostics/source.ts";
import { createInput, type Input } from "../../src/runtime/input.ts";
import { createInterpreter, type Interpreter } from "../../src/runtime/interpreter.ts";
import type { Output } from "../../src/runtime/output.ts";
import type { RunResult } from "../../src/runtime/run-result.ts";
import { Unavailable, type World } from "../../src/runtime/world.ts";

export function source(text: string, name = "test.inc"): SourceText {
  return { name, text, directory: new Uint8Array() };
}

export function memoryInput(bytes: Uint8Array): Input {
  let rest = bytes;
  return createInput(() => {
    const all = rest;
    rest = new Uint8Array();
    return all;
  });
}

function memoryOutput(): Output & { text: string } {
  return {
    text: "",
    write(text) {
      this.text += text;
    },
    flush() {},
  };
}

export interface Outside {
  readonly input?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Data files and modules, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface MemoryWorld {
  readonly interpreter: Interpreter;
  readonly output: { text: string };
  readonly errors: { text: string };
  /** The paths of the imports, in order, each with whether it was new. */
  readonly imports: [path: string, isNew: boolean][];
}

export function memoryWorld(outside: Outside = {}, create = createInterpreter): MemoryWorld {
  const output = memoryOutput();
  const errors = memoryOutput();
  const imports: [string, boolean][] = [];
  const file = (path: string) => {
    const text = outside.files?.[path];
    if (text === undefined) throw new Unavailable(`there is no ${path}`, "look again");
    return text;
  };
  const world: World = {
    args: (outside.args ?? []).map((text) => Buffer.from(text)),
    env: (name) => (outside.env?.[name] === undefined ? undefined : Buffer.from(outside.env[name])),
    output,
    errors,
    input: memoryInput(Buffer.from(outside.input ?? "")),
    readData: (path) => Buffer.from(file(path), "latin1"),
    loadModule: (path) => ({
      identity: path,
      source: source(file(path), path),
      settle: (isNew) => imports.push([path, isNew]),
    }),
  };
  return { interpreter: create(world), output, errors, imports };
}

export interface Ran {
  readonly outcome: RunResult;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program; its errors come rendered, after what it wrote to standard error itself. */
export function runText(text: string, outside: Outside = {}): Ran {
  return runWith(createInterpreter, text, outside);
}

/** As `runText`, with a language that was loaded in another way. */
export function runWith(create: typeof createInterpreter, text: string, outside: Outside): Ran {
  const { interpreter, output, errors } = memoryWorld(outside, create);
  const outcome = interpreter.run(source(text), "test.inc");
  const rendered = outcome.kind === "failed" ? outcome.problems.map(renderDiagnostic).join("") : "";
  return { outcome, output: output.text, errors: errors.text + rendered };
}
