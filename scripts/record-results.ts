/**
 * Judges every interpreter for which there is an adapter and a program here, with all that the kit can do, and keeps the
 * verdicts in docs/results.json, with those on inc in its npm form and on the calculators of examples/enlighten; what is not here keeps its last record. To be run as root, with strace; `npm run docs` then makes the page of it. KERNEL_SAMPLE
 * names the folder of the kernel's built sample.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { ADAPTERS } from "../src/conformance/adapter/shipped.ts";
import { CALCULATORS, calculatorAdapters } from "./calculators.ts";
import { programOf } from "./programs.ts";
import { keeping, RESULTS, readResults, resultsOf } from "./results.ts";

const ROOT = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "results-"));
chmodSync(folder, 0o755);
try {
  const build = await freshExecutable();
  spawnSync(process.execPath, [join(ROOT, "packaging/build-dist.ts")], { stdio: "inherit" });
  const [inc] = ADAPTERS;
  const npm = join(folder, "inc-npm.json");
  writeFileSync(npm, JSON.stringify({ ...inc, name: "inc-npm", title: "Inc, by npm" }));
  const names = ADAPTERS.flatMap((adapter) => {
    const program = programOf(adapter, join(build, "inc"));
    if (program === undefined) console.error(`left out: ${adapter.name}, which is not here`);
    return program === undefined ? [] : [`${adapter.name}=${program}`];
  });
  const report = join(folder, "report.json");
  const own = [`${npm}=${join(ROOT, "dist/inc.js")}`, ...calculatorAdapters(folder)];
  const args = [...names, ...own.flatMap((each) => ["--adapter", each]), "--report", `json=${report}`];
  const { status } = spawnSync(join(build, "exec-conformance"), args, {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0 && status !== 1) throw new Error(`the judge ended with ${status}`);
  const found = resultsOf(JSON.parse(readFileSync(report, "utf8")));
  const adapters = [...ADAPTERS.map(({ name }) => name), ...CALCULATORS];
  const results = keeping(readResults(), found, adapters);
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
