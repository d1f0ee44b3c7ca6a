// A small program around the language: what src/inc is, without admission. `program.ts script [args…]`.
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { renderDiagnostic } from "../../src/lexer/render-diagnostic.ts";
import { decodeText, type SourceText } from "../../src/lexer/source.ts";
import { createInput } from "../../src/runtime/input.ts";
import { createInterpreter } from "../../src/runtime/interpreter.ts";
import { createOutput } from "../../src/runtime/output.ts";
import { Unavailable, type World } from "../../src/runtime/world.ts";

const directoryOf = (source: SourceText) => Buffer.from(source.directory).toString();

function read(path: string): { source: SourceText; identity: string } {
  const decoded = decodeText(readFileSync(path));
  if (!decoded.ok) throw new Unavailable(`${path}: ${decoded.message} at byte ${decoded.offset}`);
  const { dev, ino } = statSync(path, { bigint: true });
  return {
    source: { name: path, text: decoded.text, directory: Buffer.from(dirname(path)) },
    identity: `${dev}:${ino}`,
  };
}

export function world(args: readonly string[]): World {
  return {
    args,
    env: (name) => process.env[name],
    output: createOutput(1),
    errors: createOutput(2, false),
    input: createInput(0),
    readData(path) {
      try {
        return readFileSync(path);
      } catch (error) {
        throw new Unavailable(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
      }
    },
    loadModule(path, from) {
      try {
        return { ...read(resolve(directoryOf(from), path)), settle() {} };
      } catch (error) {
        if (error instanceof Unavailable) throw error;
        throw new Unavailable(`${path} cannot be imported: ${(error as NodeJS.ErrnoException).code}`);
      }
    },
  };
}

function main(path: string, args: readonly string[]): number {
  const { source, identity } = read(path);
  const outcome = createInterpreter(world(args)).run(source, identity);
  switch (outcome.kind) {
    case "done":
      return 0;
    case "exit":
      return outcome.status;
    case "failed":
      for (const problem of outcome.problems) process.stderr.write(renderDiagnostic(problem));
      return 1;
    case "interrupted":
      process.kill(process.pid, "SIGINT");
      return 130;
    case "output closed":
      return 141;
    case "output failed":
      process.stderr.write(`output: ${outcome.error.message}\n`);
      return 1;
  }
}

if (process.argv[1] === import.meta.filename) {
  const [path, ...args] = process.argv.slice(2);
  process.exitCode = main(path as string, args);
}
