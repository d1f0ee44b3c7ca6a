/** Every example of the language's documentation is run, and does what it says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runText } from "../../support/in-process.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/language.md"), "utf8");
const examples = [...text.matchAll(/```inc\n(.*?)```/gs)].map(([, program]) => program as string);

test("there are examples", () => expect(examples.length).toBeGreaterThan(7));

test.each(examples.map((program, i) => [i, program] as const))("example %i", (_, program) => {
  const expected = [...program.matchAll(/# expect: (.*)$/gm)].map(([, line]) => `${line}\n`).join("");
  const error = /# expect error: (.*)$/m.exec(program)?.[1];
  const { output, errors, outcome } = runText(program);
  expect(output).toBe(expected);
  expect(outcome.kind).toBe(error === undefined ? "done" : "failed");
  expect(errors.split("\n")[0]?.replace(/^test\.inc:[0-9]+:[0-9]+: error: /, "") || undefined).toBe(error);
});
