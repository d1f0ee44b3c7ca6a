/**
 * Judges inc again and again on a machine that is busy, and compares the verdicts: `npm run steady -- RUNS LOAD`, which are 20
 * and 6 if they are left out. To be run as root, with strace. Ends with status 1 where two runs differ.
 */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import type { JsonReport } from "../src/conformance/report/json.ts";

const [runs = 20, load = 6] = process.argv.slice(2).map(Number);
const build = await freshExecutable();
const busy = Array.from({ length: load }, () =>
  spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
);
try {
  const all: Map<string, string>[] = [];
  for (let run = 1; run <= runs; run++) {
    const { verdicts, text } = judge();
    const [first = verdicts] = all;
    const others = [...verdicts].filter(([id, verdict]) => first.get(id) !== verdict);
    all.push(verdicts);
    console.log(`run ${run} of ${runs}: ${text}; ${others.length} verdicts differ from the first run`);
    for (const [id, verdict] of others) console.log(`  ${id}: ${verdict}, and at first ${first.get(id)}`);
    if (others.length > 0) process.exitCode = 1;
  }
} finally {
  for (const each of busy) each.kill();
}

function judge(): { verdicts: Map<string, string>; text: string } {
  const args = [`inc=${join(build, "inc")}`, "--seed", "1", "--report", "json"];
  const { status, stdout } = spawnSync(join(build, "exec-conformance"), args, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0 && status !== 1) throw new Error(`the judge ended with ${status}`);
  const [judged] = (JSON.parse(stdout) as JsonReport).interpreters;
  if (judged === undefined) throw new Error("nothing was judged");
  const verdicts = new Map(judged.requirements.map(({ id, verdict }) => [id, verdict]));
  const again = judged.requirements.flatMap(({ cases }) =>
    cases.filter(({ reason }) => reason.includes("(--timeout)")),
  );
  const { holds, brokenMust, brokenShould, skipped } = judged.tally;
  const counts = `${holds} hold, ${brokenMust + brokenShould} broken, ${skipped} skipped`;
  return {
    verdicts,
    text: `${(judged.ms / 1000).toFixed(0)} s, ${counts}, ${again.length} cases out of time`,
  };
}
