/** The reports are read by those for whom they are written: a KTAP reader, an XML parser, the schema, a terminal. */
import { spawnSync } from "node:child_process";
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
import { describe, expect, type TestContext, test } from "vitest";
import { complaints } from "../../../src/conformance/adapter/json-schema.ts";
import { badge } from "../../../src/conformance/report/badge.ts";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { junitReport } from "../../../src/conformance/report/junit.ts";
import { ktapReport } from "../../../src/conformance/report/ktap.ts";
import { liveLines } from "../../../src/conformance/report/live.ts";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { HARD_REPORT } from "../../support/hard-report.ts";
import { readKtap } from "../../support/read-ktap.ts";
import { skipWithReason } from "../../support/skip.ts";
import { runInTerminal } from "../../support/terminal.ts";
import { KIT, kit } from "./kit.ts";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../docs/report.schema.json"), "utf8"),
);
const DASH = ["dash", "--no-trace", "--only", "snippet", "--only", "option"];

describe("KTAP", () => {
  test("says of each requirement what was found", () => {
    const [it, other, ...rest] = readKtap(ktapReport(HARD_REPORT));
    expect(rest).toEqual([]);
    expect(it).toMatchObject({ ok: false, name: "it" });
    expect(other).toMatchObject({ ok: true, name: "other" });
    expect(it?.subtests.map(({ ok, name, directive }) => [ok, name, directive])).toEqual([
      [true, "file.executable.mode-1", undefined],
      [false, "file.not-executable.mode-2", undefined],
      [true, "stream.fifo.mode-3", "XFAIL"],
      [true, "snippet.mode-3", "SKIP"],
      [true, "option.executable.mode-1", "SKIP"],
      [true, "fault.securebits", undefined],
    ]);
    expect(it?.subtests[1]?.diagnostics[0]).toMatch(
      /^file\.not-executable\.mode-2: script\/argument: it ran: /,
    );
    expect(it?.subtests[4]?.said).toBe("not offered: the adapter names no such channel");
    expect(it?.subtests[3]?.said).toContain("♯ SKIP");
    expect(it?.subtests.filter(({ name, said }) => `${name}${said}`.includes("#"))).toEqual([]);
  });

  test("of a run", async () => {
    const { status, stdout, stderr } = await kit([...DASH, "--report", "ktap"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const [dash] = readKtap(stdout);
    expect(dash?.subtests.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      "snippet.mode-3",
      "snippet.mode-4",
    ]);
  });
});

/** What python3's expat makes of it: [tag, attributes, text, children]. */
type Element = readonly [string, Readonly<Record<string, string>>, string, readonly Element[]];

function parseXml(context: TestContext, xml: string): Element {
  const script =
    "import json, sys, xml.etree.ElementTree as e\n" +
    "def tree(n): return [n.tag, n.attrib, n.text or '', [tree(c) for c in n]]\n" +
    "print(json.dumps(tree(e.fromstring(sys.stdin.buffer.read()))))";
  const { error, status, stdout, stderr } = spawnSync("python3", ["-c", script], {
    input: xml,
    encoding: "utf8",
  });
  if (error !== undefined) skipWithReason(context, "there is no python3 to parse XML with");
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Element;
}

describe("JUnit XML", () => {
  test("is well-formed, whatever was printed, and counts right", (context) => {
    const [tag, all, , suites] = parseXml(context, junitReport(HARD_REPORT));
    expect(tag).toBe("testsuites");
    expect(all).toMatchObject({ tests: "12", failures: "1", errors: "0", skipped: "4", time: "3.000" });
    expect(suites.map(([, { name, tests, failures, skipped }]) => [name, tests, failures, skipped])).toEqual([
      ["it", "6", "1", "2"],
      ["other", "6", "0", "2"],
    ]);
    const [, , , cases] = suites[0] as Element;
    expect(cases.map(([, { name, classname }, , [child]]) => [classname, name, child?.[0]])).toEqual([
      ["it", "file.executable.mode-1", undefined],
      ["it", "file.not-executable.mode-2", "failure"],
      ["it", "stream.fifo.mode-3", "system-out"],
      ["it", "snippet.mode-3", "skipped"],
      ["it", "option.executable.mode-1", "skipped"],
      ["it", "fault.securebits", "system-out"],
    ]);
    const failure = cases[1]?.[3][0] as Element;
    expect(failure[1].message).toContain(
      `it ran: <b a="1">&amp; ]]> ' \\x1b[31m \\x0\\x7\\x7f\\x9b # SKIP \\xfffe`,
    );
    expect(failure[1].message).toContain("\r\nsecond line\ttab");
    expect(failure[2]).toContain("marker: 123456789");
  });

  test("of a run", async (context) => {
    const { stdout } = await kit([...DASH, "--report", "junit"]);
    const [, { tests, failures, skipped }, , [suite]] = parseXml(context, stdout);
    const counted = (suite?.[3] ?? []).map(([, , , [child]]) => child?.[0]);
    expect(Number(tests)).toBe(counted.length);
    expect(Number(failures)).toBe(counted.filter((tag) => tag === "failure").length);
    expect(Number(skipped)).toBe(counted.filter((tag) => tag === "skipped").length);
    expect([failures, counted.length]).toEqual(["2", 20]);
  });
});

test("the JSON report is what its schema says, and the version that it says", async () => {
  const { stdout } = await kit([...DASH, "bash", "--report", "json"]);
  expect(complaints(SCHEMA, JSON.parse(stdout))).toEqual([]);
  expect(complaints(SCHEMA, HARD_REPORT)).toEqual([]);
  expect(complaints(SCHEMA, { ...HARD_REPORT, version: 2 })).not.toEqual([]);
  const [first] = HARD_REPORT.interpreters;
  const cut = { ...HARD_REPORT, interpreters: [{ ...first, tally: undefined, verdict: "fine" }] };
  expect(complaints(SCHEMA, cut).length).toBeGreaterThan(1);
});

test.each([
  ["conforms", [1]],
  ["3 of 4 MUST", [0, 1]],
  ["nothing tried", []],
])("the badge says: %s", (value, chosen) => {
  const interpreters = HARD_REPORT.interpreters.filter((_, at) => (chosen as number[]).includes(at));
  const nothing = { ...HARD_REPORT.interpreters[0], requirements: [] } as JsonReport["interpreters"][number];
  const svg = badge({ ...HARD_REPORT, interpreters: interpreters.length === 0 ? [nothing] : interpreters });
  expect(svg).toContain(`<title>exec check: ${value}</title>`);
  expect(svg).toContain(`aria-label="exec check: ${value}"`);
  expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|href/);
});

test("the badge is well-formed", (context) => {
  expect(parseXml(context, badge(HARD_REPORT))[0]).toBe("{http://www.w3.org/2000/svg}svg");
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
    expect(stderr).toMatch(/^exec-conformance: the report .* cannot be written: .*\n$/);
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
    expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(1);
  });
});

describe("the live matrix", () => {
  const state = {
    name: "it",
    wanted: REQUIREMENTS,
    cases: [{ id: "stream.fifo.mode-3", entry: "", verdict: "broken", reason: "", evidence: [] }],
    done: 100,
    of: 200,
    secondsLeft: 120,
  } as const;

  test.each([40, 80, 200])("%i columns wide", (columns) => {
    const lines = liveLines(state, columns);
    expect(lines.filter((line) => line.length >= columns)).toEqual([]);
    expect(lines.filter((line) => !/^(\[|[a-z]+ +[.X]| +[.X]| {9,}\.|\+ holds)/.test(line))).toEqual([]);
    expect(lines.join("").match(/X/g)?.length).toBe(2);
    expect(lines.filter((line) => line.startsWith(" ")).length > 0).toBe(columns < 80);
    expect(lines[0]).toContain("[############------------] it: 10");
  });

  test("fits on a terminal of 80 columns and 24 lines", () => {
    const lines = liveLines(state, 80);
    expect(lines.length).toBeLessThan(24);
    expect(lines[0]).toContain("100 of 200 cases, about 2 min left");
    expect(lines.find((line) => line.startsWith("stream "))).toMatch(/^stream +(\.{3} +){3}\.X\. +\.{3}$/);
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
