/** Time: who starts slowly is given more of it, and prompts are typed at when they listen. */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import { idsWith, judged, kit, SUBJECT_ADAPTER, scratch, subject } from "./kit.ts";
import adapter from "./subject/subject.json" with { type: "json" };

/** Compiled once: what runs already is not written over. */
const compiled = new Map<string, string>();
function once(context: TestContext, variant: string): string {
  const program = compiled.get(variant) ?? subject(context, variant);
  compiled.set(variant, program);
  return program;
}

describe.concurrent("an interpreter that takes three seconds to start, and then forgets what was typed", () => {
  const TERMINAL = ["--only", "stdin.terminal.mode-1", "--no-trace"];

  test("is measured, and has the time that it needs", async (context) => {
    const program = `${SUBJECT_ADAPTER}=${once(context, "STARTS_SLOWLY")}`;
    const { status, stdout, stderr } = await kit(["--adapter", program, ...TERMINAL, "--report", "json"]);
    expect(stderr).toMatch(
      /^subject: a program of one line takes 3\.\d s, so each case may take 3\d s \(--timeout/,
    );
    expect(status).toBe(0);
    const [found] = JSON.parse(stdout).interpreters;
    expect(found.timeoutMs).toBeGreaterThanOrEqual(31_000);
    expect(found.startMs).toBeGreaterThanOrEqual(3000);
    expect(found.requirements.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["holds"]);
  });

  test("is typed at again, where it was typed at too early", async (context) => {
    const program = `${SUBJECT_ADAPTER}=${once(context, "STARTS_SLOWLY")}`;
    const report = await judged(["--adapter", program, ...TERMINAL, "--timeout", "9"]);
    expect(idsWith(report, "holds")).toEqual(["stdin.terminal.mode-1"]);
    expect(report.interpreters[0]).not.toHaveProperty("timeoutMs");
  });
});

describe.concurrent("an adapter whose terminal shows no prompt", () => {
  const [terminal] = adapter.channels.terminal as [(typeof adapter.channels.terminal)[number]];
  const { prompt: _, ...silent } = terminal;
  const file = join(scratch, "silent.json");
  writeFileSync(file, JSON.stringify({ ...adapter, channels: { ...adapter.channels, terminal: [silent] } }));

  test.for(["READS_THE_TERMINAL_TO_ITS_END", "BUFFERS_ITS_OUTPUT"])("%s", async (variant, context) => {
    const report = await judged([
      "--adapter",
      `${file}=${once(context, variant)}`,
      "--only",
      "stdin.terminal",
      "--no-trace",
    ]);
    expect(idsWith(report, "holds")).toHaveLength(4);
  });
});

describe.concurrent("an interpreter that hangs the first time", () => {
  /** Does this the first time that it is given something to do, and then sleeps; from then on, that. */
  function changing(context: TestContext, name: string, first: string, then: string): string {
    const [path, sound] = [join(scratch, name), once(context, "REFUSES_WITH_126")];
    const lines = ["#!/bin/sh", `mkdir ${path}.seen 2>&- && { ${first}; sleep 60; }`, `exec ${then}`, ""];
    writeFileSync(path, lines.join("\n").replaceAll("SUBJECT", sound));
    chmodSync(path, 0o755);
    return `${SUBJECT_ADAPTER}=${path}`;
  }

  test("is tried again", async (context) => {
    const program = changing(context, "hanging", ":", 'SUBJECT "$@"');
    const report = await judged(["--adapter", program, "--only", "file.executable.mode-1", "--timeout", "1"]);
    expect(idsWith(report, "holds")).toEqual(["file.executable.mode-1"]);
  });

  test("is not, where code was seen to run", async (context) => {
    const run = `awk '{ printf "%.0f\\n", $2 + $3 }' "$1"`;
    const program = changing(context, "leaking", run, "false");
    const report = await judged([
      "--adapter",
      program,
      "--only",
      "file.not-executable.mode-1",
      "--timeout",
      "1",
    ]);
    expect(idsWith(report, "holds")).toEqual(["file.not-executable.mode-1"]);
  });

  test("and the second time too", async (context) => {
    const program = changing(context, "hanging-on", ":", "sleep 60");
    const report = await judged(["--adapter", program, "--only", "snippet.mode-1", "--timeout", "1"]);
    expect(report.interpreters[0]?.requirements[0]?.cases[0]?.reason).toBe(
      "its marker was not observed, though nothing is restricted; it did not end within 1 s (--timeout), when it was tried again alone, and was killed",
    );
  });
});
