/** Time: who starts slowly is given more of it, and prompts are typed at when they listen. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { idsWith, judged, kit, SUBJECT_ADAPTER, scratch, subject } from "./kit.ts";
import adapter from "./subject/subject.json" with { type: "json" };

describe.concurrent("an interpreter that takes three seconds to start, and then forgets what was typed", () => {
  const TERMINAL = ["--only", "stdin.terminal.mode-1", "--no-trace"];

  test("is measured, and has the time that it needs", async (context) => {
    const program = `${SUBJECT_ADAPTER}=${subject(context, "STARTS_SLOWLY")}`;
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
    const program = `${SUBJECT_ADAPTER}=${subject(context, "STARTS_SLOWLY")}`;
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

  test.each(["READS_THE_TERMINAL_TO_ITS_END", "BUFFERS_ITS_OUTPUT"])("%s", async (variant, context) => {
    const report = await judged([
      "--adapter",
      `${file}=${subject(context as never, variant)}`,
      "--only",
      "stdin.terminal",
      "--no-trace",
    ]);
    expect(idsWith(report, "holds")).toHaveLength(4);
  });
});
