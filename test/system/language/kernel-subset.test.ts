/**
 * The kernel sample's language as a subset: random programs of it against a model of the sample, and against the sample
 * itself where KERNEL_SAMPLE names a folder with its `inc`. Programs keep to the domain that docs/language.md names.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runText } from "../../support/in-process.ts";
import { INC } from "../../support/programs.ts";

const line = fc.oneof(
  fc.constant("+"),
  fc.constant("+"),
  fc.constant("?"),
  fc.constant(""),
  fc.stringMatching(/^#[ -~]{0,8}$/),
);
const program = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends ? "\n" : ""))
  .filter((text) => text.length <= 127);
const input = fc
  .array(
    fc.oneof(
      fc.integer({ min: -5000, max: 5000 }).map(String),
      fc.constantFrom("x", "-", "+7", "", "--4", "12ab"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(" "));

/** The sample: what a program prints on standard output, given what stands on standard input. */
function model(text: string, stdin: string): string {
  let counter = 0n;
  let rest = stdin;
  let output = "";
  for (const statement of text.split("\n")) {
    if (statement === "+") {
      counter += 1n;
      output += `${counter}\n`;
    } else if (statement === "?") {
      const [all, number] = /^[ \t\n\v\f\r]*([+-]?[0-9]*)/.exec(rest) as unknown as [string, string];
      rest = rest.slice(all.length);
      if (/[0-9]/.test(number)) counter = BigInt(number.replace("+", ""));
    }
  }
  return output;
}

test("against the model", () => {
  fc.assert(
    fc.property(program, input, (text, stdin) => {
      const { output, outcome } = runText(text, { input: stdin });
      expect(outcome.kind).toBe("done");
      expect(output).toBe(model(text, stdin));
    }),
    { numRuns: 2000 },
  );
});

const sample = process.env.KERNEL_SAMPLE;

// Not a skip: the sample does not belong to this project.
const compare = sample === undefined ? () => {} : test;
compare("against the kernel's sample (KERNEL_SAMPLE)", () => {
  const folder = mkdtempSync(join(tmpdir(), "inc-kernel-subset-"));
  const script = join(folder, "script");
  const runs = (command: string, stdin: string) =>
    spawnSync(command, [script], { input: stdin, encoding: "utf8" });
  for (const [text, stdin] of fc.sample(fc.tuple(program, input), { numRuns: 60, seed: 1 })) {
    writeFileSync(script, text, { mode: 0o755 });
    const theirs = runs(join(sample as string, "inc"), stdin);
    if (theirs.status !== 0) continue;
    const ours = runs(INC, stdin);
    expect([ours.status, ours.stdout], `${text}<${stdin}>`).toEqual([0, theirs.stdout]);
  }
  rmSync(folder, { recursive: true });
});
