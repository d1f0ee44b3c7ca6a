/** `--expect`: known failures are accepted, new failures are not, and improvements are reported. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { kit, SUBJECT_ADAPTER, subject } from "./kit.ts";

/** Judges an interpreter that runs -c in every mode, and is otherwise right. */
async function judgedWith(context: TestContext, known: string, ...options: readonly string[]) {
  const file = makeFile(join(temporaryFolder(), "known"), 0o644, known);
  const adapter = `${SUBJECT_ADAPTER}=${subject(context, "IGNORES_DENY_INTERACTIVE_FOR_SNIPPETS")}`;
  const args = ["--adapter", adapter, "--only", "snippet", "--only", "stdin.pipe", "--no-trace"];
  const { status, stderr } = await kit([...args, "--expect", file, ...options]);
  return { status, stderr: stderr.replaceAll(file, "FILE") };
}

const BOTH = "snippet.mode-3\nsnippet.mode-4\n";

test("only known failures", async (context) => {
  expect(await judgedWith(context, BOTH)).toEqual({ status: 0, stderr: "" });
});

test("comments, blanks, line ends of DOS, and a name before an id", async (context) => {
  const known = "# not yet\r\n\r\n  subject   snippet.mode-3 # soon\r\nsnippet.mode-4\r\n";
  expect(await judgedWith(context, known)).toEqual({ status: 0, stderr: "" });
});

test("a failure that is not known", async (context) => {
  expect(await judgedWith(context, "snippet.mode-3\n")).toEqual({
    status: 1,
    stderr: "subject: snippet.mode-4 is broken, and that was not expected\n",
  });
});

test("a line for another interpreter does not count for this one", async (context) => {
  expect(await judgedWith(context, "snippet.mode-3\ndash snippet.mode-4\n")).toMatchObject({ status: 1 });
});

test("a known failure that holds now", async (context) => {
  expect(await judgedWith(context, `${BOTH}stdin.pipe.mode-4\n`)).toEqual({
    status: 1,
    stderr: "subject: stdin.pipe.mode-4 holds now: take it out of FILE\n",
  });
});

test("a line about a requirement that was not tried says nothing", async (context) => {
  expect(await judgedWith(context, `${BOTH}shebang.mode-1\n`)).toEqual({ status: 0, stderr: "" });
});

test("ids that do not exist and lines that say too much are wrong usage, each with its line", async (context) => {
  expect(await judgedWith(context, "snippet.mode-3\nsnippet.mode-5\n\na b c\n")).toEqual({
    status: 2,
    stderr:
      "exec-conformance: FILE: line 2: no requirement is called snippet.mode-5; line 4: an id, or a name and an id\n",
  });
});

test("--write-expect writes what a later run passes with, and --strict-scope minds what was not tried", async (context) => {
  const file = join(temporaryFolder(), "written");
  const adapter = `${SUBJECT_ADAPTER}=${subject(context, "IGNORES_DENY_INTERACTIVE_FOR_SNIPPETS")}`;
  const args = ["--adapter", adapter, "--only", "snippet", "--no-trace"];
  expect(await kit([...args, "--write-expect", file])).toMatchObject({ status: 1, stderr: "" });
  expect(readFileSync(file, "utf8")).toMatch(
    /^#.*\nsubject snippet\.mode-3 {2}# MUST: it ran.*\nsubject snippet\.mode-4 .*\n$/,
  );
  expect(await kit([...args, "--expect", file])).toMatchObject({ status: 0, stderr: "" });
  expect(await kit([...args, "--expect", file, "--strict-scope"])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^subject: 4 of \d+ MUST tried: --strict-scope takes that for a failure\n$/,
    ),
  });
});
