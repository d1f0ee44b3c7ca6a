/**
 * The scripts of test/language, in a folder for each feature, run by the executable. Each says what to expect, on the
 * line that it is about:
 *
 *     print 3 + 4        # expect: 7
 *     print 1 / 0        # expect error: division by zero
 *     # expect stderr: a whole line of standard error
 *     # input: a line of standard input
 *     # args: one two
 *     # status: 3
 *
 * `{here}` is the folder that the script stands in.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";

const HERE = resolve(import.meta.dirname, "../../language");

interface Expectation {
  readonly output: string;
  readonly input: string;
  readonly args: readonly string[];
  readonly status: number;
  /** Lines that standard error must have, in order. */
  readonly errors: readonly string[];
}

function expectationOf(path: string, text: string): Expectation {
  const output: string[] = [];
  const input: string[] = [];
  const errors: string[] = [];
  let args: string[] = [];
  let status = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const [, what, text] =
      /# (expect|expect error|expect stderr|input|args|status):(?: (.*))?$/.exec(line) ?? [];
    const value = text?.replaceAll("{here}", dirname(path));
    switch (what) {
      case "expect":
        output.push(`${value ?? ""}\n`);
        break;
      case "expect error":
        status = 1;
        errors.push(`${path}:${index + 1}: ${value}`);
        break;
      case "expect stderr":
        errors.push(value ?? "");
        break;
      case "input":
        input.push(`${value ?? ""}\n`);
        break;
      case "args":
        args = (value as string).split(" ");
        break;
      case "status":
        status = Number(value);
    }
  }
  return { output: output.join(""), input: input.join(""), args, status, errors };
}

/** Standard error with `path:line:column: error: message` cut to `path:line: message`, carets and excerpts left out. */
function errorLines(stderr: string): string[] {
  return stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("    "))
    .map((line) => line.replace(/^(.*?:[0-9]+):[0-9]+: error: /, "$1: "));
}

const scripts = readdirSync(HERE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".inc") && !basename(path).startsWith("_"))
  .sort();

describe.concurrent("scripts", () => {
  test("there are some", () => expect(scripts.length).toBeGreaterThan(40));

  test.each(scripts)("%s", async (path) => {
    const script = join(HERE, path);
    const expected = expectationOf(script, readFileSync(script, "utf8"));
    const { input, args } = expected;
    const outcome = await run([INC, script, ...args], { input, cwd: HERE });
    expect(outcome.stdout, relative(HERE, script)).toBe(expected.output);
    expect(outcome.status).toBe(expected.status);
    const lines = errorLines(outcome.stderr);
    if (expected.errors.length === 0) expect(lines).toEqual([]);
    expect(lines.filter((line) => expected.errors.includes(line))).toEqual(expected.errors);
    // No other error is reported.
    const isError = (line: string) => line.startsWith(`${script}:`);
    expect(lines.filter(isError)).toEqual(expected.errors.filter(isError));
  });
});
