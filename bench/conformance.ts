/** How long the judge takes, for an interpreter that starts in a millisecond and for inc, and what it needs of memory. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import dash from "../adapters/dash.json" with { type: "json" };
import { freshExecutable } from "../packaging/fresh-executable.ts";
import type { JsonReport } from "../src/conformance/report/json.ts";
import { goal, watched } from "./measure.ts";

/** Seconds for a whole run of dash without tracing and of inc with it; growth: a case among many, to one among few. */
const GOALS = { quick: 5, traced: 40, growth: 1.3, megabytes: 200 };

/** How many entries one channel is given, to see that a case among many takes no longer than one among few. */
const ENTRIES = [2, 4, 8, 16];

interface Run {
  readonly cases: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** Prints the table; gives false where a goal is missed. */
export async function benchConformance(): Promise<boolean> {
  const programs = await freshExecutable();
  const kit = join(programs, "exec-conformance");
  const quick = await measured(kit, ["dash", "--no-trace"]);
  const traced = await measured(kit, [`inc=${join(programs, "inc")}`]);
  console.log("exec-conformance, the executable, its default number of jobs");
  show("dash, without tracing", quick);
  show("inc, with everything", traced);
  const growing: Run[] = [];
  for (const entries of ENTRIES) {
    const run = await measuredWith(kit, entries);
    show(`dash, ${entries} ways to name a script`, run);
    growing.push(run);
  }
  const perCase = growing.map(({ cases, seconds }) => seconds / cases);
  return [
    goal("dash, whole run, s", quick.seconds, GOALS.quick),
    goal("inc, traced, s", traced.seconds, GOALS.traced),
    goal("a case among many", (perCase.at(-1) as number) / (perCase[0] as number), GOALS.growth),
    goal("peak memory, MB", Math.max(quick.megabytes, traced.megabytes), GOALS.megabytes),
  ].every((met) => met);
}

/** Many entries in one channel: more of the same cases, and nothing else. */
async function measuredWith(kit: string, entries: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "exec-conformance-bench-"));
  try {
    const [entry] = dash.channels.script;
    const script = Array.from({ length: entries }, (_, at) => ({ ...entry, name: `argument ${at}` }));
    const adapter = join(folder, "adapter.json");
    writeFileSync(adapter, JSON.stringify({ ...dash, channels: { script } }));
    return await measured(kit, ["--adapter", adapter, "--only", "file", "--no-trace"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(kit: string, args: readonly string[]): Promise<Run> {
  const { text, seconds, bytes } = await watched([kit, ...args, "--report", "json"]);
  const { interpreters } = JSON.parse(text) as JsonReport;
  const cases = interpreters.flatMap(({ requirements }) => requirements.flatMap((each) => each.cases)).length;
  return { cases, seconds, megabytes: bytes / 1e6 };
}

function show(name: string, { cases, seconds, megabytes }: Run): void {
  const each = (seconds / cases) * 1000;
  console.log(
    `  ${name.padEnd(30)}${String(cases).padStart(5)} cases ${seconds.toFixed(1).padStart(6)} s ` +
      `${each.toFixed(1).padStart(6)} ms a case ${megabytes.toFixed(0).padStart(5)} MB`,
  );
}
