/**
 * A kind cannot be asked for a form that is built for other kinds: such rows are written into a copy of the sources, which
 * is then compiled. That a form needs a builder is tested with the list of CONTRIBUTING.md.
 */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../support/files.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const CHANNELS = "src/conformance/requirements/channels.ts";
const FORMS = "src/conformance/attempt/forms.ts";

/** Compiles a copy in which `before`, which stands once in the file, is followed by `more`; gives the errors' places. */
function errorsWith(
  ...changes: readonly (readonly [file: string, before: string, more: string])[]
): string[] {
  const copy = temporaryFolder();
  for (const name of ["src", "adapters", "package.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [file, before, more] of changes) {
    const parts = readFileSync(join(ROOT, file), "utf8").split(before);
    expect(parts.length, `${file}: ${before}`).toBe(2);
    writeFileSync(join(copy, file), parts.join(before + more));
  }
  const config = { extends: "./tsconfig.json", include: [], files: [CHANNELS, FORMS] };
  writeFileSync(join(copy, "tsconfig.probe.json"), JSON.stringify(config));
  const { stdout } = spawnSync("tsc", ["--project", "tsconfig.probe.json", "--pretty", "false"], {
    cwd: copy,
    encoding: "utf8",
  });
  return [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
    ([, file, , code, text]) => `${file} ${code} ${text}`,
  );
}

const ROWS = "const ROWS: readonly ChannelRow[] = [";
const row = (kind: string, form: string) =>
  `\n  ["${kind === "script" ? "file" : kind}", "new", "${kind}", "${form}", "new", PASSES, MUST, "doc.modes"],`;

test("a row with a form of its kind", () => {
  expect(errorsWith([CHANNELS, ROWS, row("stdin", "socket") + row("option", "held-for-writing")])).toEqual(
    [],
  );
});

test("rows with forms that are built for other kinds", () => {
  const wrong = [
    ["stdin", "held-for-writing"],
    ["shebang", "fifo"],
    ["script", "text"],
    ["snippet", "executable"],
  ] as const;
  const rows = wrong.map(([kind, form]) => row(kind, form)).join("");
  expect(errorsWith([CHANNELS, ROWS, rows])).toEqual(
    wrong.map(([, form]) => expect.stringMatching(`^${CHANNELS} TS2322 .*"${form}"`)),
  );
});
