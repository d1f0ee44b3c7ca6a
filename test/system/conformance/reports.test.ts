/** The reports of a run, as their readers take them: a KTAP reader, an XML parser, the schema, a terminal. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { complaints } from "../../../src/conformance/adapter/json-schema.ts";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { parseXml } from "../../support/parse-xml.ts";
import { readKtap } from "../../support/read-ktap.ts";
import { skipWithReason } from "../../support/skip.ts";
import { runInTerminal } from "../../support/terminal.ts";
import { KIT, kit } from "./kit.ts";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../docs/report.schema.json"), "utf8"),
);
const DASH = ["dash", "--no-trace", "--only", "snippet", "--only", "option"];

test("KTAP of a run", async () => {
  const { status, stdout, stderr } = await kit([...DASH, "--report", "ktap"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const [dash] = readKtap(stdout);
  expect(dash?.subtests.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
    "snippet.mode-3",
    "snippet.mode-4",
  ]);
});

test("JUnit XML of a run", async (context) => {
  const { stdout } = await kit([...DASH, "--report", "junit"]);
  const [, { tests, failures }, , [suite]] = parseXml(context, stdout);
  const counted = (suite?.[3] ?? []).slice(1).map(([, , , [child]]) => child?.[0]);
  expect(Number(tests)).toBe(counted.length);
  expect(Number(failures)).toBe(counted.filter((tag) => tag === "failure").length);
  expect(Number(suite?.[1].skipped)).toBe(counted.filter((tag) => tag === "skipped").length);
  const asked = REQUIREMENTS.filter(({ id }) => /^(snippet|option)\./.test(id));
  expect([failures, counted.length]).toEqual(["2", asked.length]);
});

test("the JSON report is what its schema says", async () => {
  const { stdout } = await kit([...DASH, "bash", "--report", "json"]);
  expect(complaints(SCHEMA, JSON.parse(stdout))).toEqual([]);
});

describe("files", () => {
  const KINDS = ["ktap", "junit", "json", "html", "badge"];

  test("all reports at once, and the matrix besides", async () => {
    const folder = temporaryFolder();
    const options = KINDS.flatMap((kind) => ["--report", `${kind}=${join(folder, kind)}`]);
    const { status, stdout, stderr } = await kit([...DASH, ...options]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("dash: 2 hold, 2 broken");
    expect(readdirSync(folder).sort()).toEqual([...KINDS].sort());
    expect(readFileSync(join(folder, "html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(folder, "ktap"), "utf8")).toMatch(/^KTAP version 1\n/);
  });

  test("each interpreter has a badge of its own", async () => {
    const folder = temporaryFolder();
    await kit([...DASH, "bash", "--report", `badge=${join(folder, "exec.svg")}`]);
    expect(readdirSync(folder).sort()).toEqual(["exec-bash.svg", "exec-dash.svg"]);
    expect(readFileSync(join(folder, "exec-dash.svg"), "utf8")).toMatch(
      /refused when it had to: 0 of \d+, does not/,
    );
    const { status, stderr } = await kit([...DASH, "bash", "--report", "badge"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("each interpreter has its own badge"),
    });
  });

  test("a file is replaced by name: its mode and a link to it stay", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "real"), "old");
    chmodSync(join(folder, "real"), 0o640);
    symlinkSync("real", join(folder, "link"));
    await kit([...DASH, "--report", `badge=${join(folder, "link")}`]);
    expect(readFileSync(join(folder, "real"), "utf8")).toMatch(/^<svg/);
    expect(statSync(join(folder, "real")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["link", "real"]);
  });

  test.each(["new", "old"])(
    "two reports into one %s file by two names: wrong usage, and nothing is written",
    async (name) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, "old"), "old");
      const options = ["--report", `json=${folder}/${name}`, "--report", `ktap=${folder}/./${name}`];
      const { status, stderr } = await kit([...DASH, ...options]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringMatching(/^exec-conformance: two reports cannot go to one file: /),
      });
      expect(readdirSync(folder)).toEqual(["old"]);
      expect(readFileSync(join(folder, "old"), "utf8")).toBe("old");
    },
  );

  test.each([
    ["a folder that is not there", "nowhere/report", /ENOENT/],
    ["a folder", ".", /directory/],
    ["a file as a folder", "file/report", /ENOTDIR/],
    ["too long a name", "x".repeat(300), /ENAMETOOLONG/],
  ])("%s: said before anything runs, and nothing is written", async (_, name, reason) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "old");
    const ran = join(temporaryFolder(), "ran");
    const program = makeFile(join(temporaryFolder(), "program"), 0o755, `#!/bin/sh\n: >'${ran}'\n`);
    const good = [
      `dash=${program}`,
      "--no-trace",
      "--only",
      "snippet",
      "--report",
      `json=${join(folder, "good")}`,
    ];
    const { status, stdout, stderr } = await kit([...good, "--report", `html=${join(folder, name)}`]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^exec-conformance: the report .* cannot be written: .*\n$/m);
    expect(stderr).toMatch(reason);
    expect(readdirSync(folder)).toEqual(["file"]);
    expect(existsSync(ran)).toBe(false);
    await kit(good);
    expect([readdirSync(folder), existsSync(ran)]).toEqual([["file", "good"], true]);
  });

  test("a folder without permission", async (context) => {
    if (process.getuid?.() !== 0) skipWithReason(context, "this needs root, to be somebody else");
    const folder = temporaryFolder();
    mkdirSync(join(folder, "closed"), { mode: 0o755 });
    const file = join(folder, "closed/report");
    const { status, stderr } = await kit([...DASH, "--report", `json=${file}`], { uid: 65534, gid: 65534 });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/EACCES/) });
  });

  test("a full disk: the other reports are written, and the status says so", async () => {
    const file = join(temporaryFolder(), "json");
    const options = ["--report", "html=/dev/full", "--report", `json=${file}`];
    const { status, stdout, stderr } = await kit([...DASH, ...options]);
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(
        /^exec-conformance: the report \/dev\/full cannot be written: ENOSPC[^\n]*\n$/,
      ),
    });
    expect(stdout).toContain("2 broken");
    expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(2);
  });
});

describe("at a terminal", () => {
  const argv = [process.execPath, KIT, "dash", "--no-trace", "--only", "file", "--jobs", "1"];

  /** What was sent, with the escape character visible. */
  async function watched(env: Record<string, string>): Promise<string> {
    const { status, output } = await runInTerminal(argv, [], { env });
    expect(status).toBe(1);
    return output.replaceAll("\x1b", "^");
  }

  test("the matrix is there while it is being made, with progress and the time left, and then the whole one", async () => {
    const output = await watched({ TERM: "xterm", NO_COLOR: "1" });
    expect(output).toMatch(/\[#+-+\] dash: \d+ of \d+ cases, about \d+ s left/);
    expect(output).toMatch(/^file \+\+\+\+ \+X\+X .*\.\.\./m);
    expect(output).toContain("+ holds  X broken");
    const shown = output.slice(output.lastIndexOf("^[J") + 3);
    expect(shown).toMatch(/^dash, /);
    expect(shown).toMatch(/^file\.not-executable +ok +BROKEN/m);
  });

  test("in colour, unless one does not want it", async () => {
    const output = await watched({ TERM: "xterm", NO_COLOR: "" });
    expect(output).toMatch(/^file \^\[32m\+{4}\^\[0m \^\[32m\+\^\[0m\^\[1;31mX\^\[0m/m);
    expect(output).toMatch(/^file\.not-executable +\^\[32mok +\^\[0m\^\[1;31mBROKEN/m);
  });

  test("one line where the terminal is dumb", async () => {
    const output = await watched({ TERM: "dumb", NO_COLOR: "1" });
    expect(output).toMatch(/\r\^\[Kdash: \d+ of \d+ cases, about \d+ s left/);
    expect(output).not.toMatch(/\^\[[^K]/);
    expect(output).toMatch(/^file\.not-executable +ok +BROKEN/m);
  });

  test("nothing of it elsewhere", async () => {
    const { stdout, stderr } = await kit(DASH);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("\x1b");
  });
});
