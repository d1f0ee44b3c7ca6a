/**
 * `npm run demo`: the real interpreter, on the real kernel, in all four modes, over every way that code can come in.
 * Exit status 1 if a single cell breaks the rule.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { styleText } from "node:util";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { errnoText, probeSupport } from "../src/exec-check/exec-check.ts";
import {
  type CellResult,
  MODES,
  type Mode,
  type Place,
  preparePlace,
  ROWS,
  type Row,
  runCell,
} from "./matrix.ts";

const SAMPLES = resolve(import.meta.dirname, "../samples");

const support = probeSupport();
if (support.supported !== true) {
  const why = support.supported === "unknown" ? `: the probe gives ${errnoText(support.errno)}` : "";
  say(
    `The kernel here, Linux ${release()}, has no AT_EXECVE_CHECK${why}. The demo needs Linux 6.14 or later.`,
  );
  process.exit(1);
}

say("Building the executable, unless it is there …\n");
const programs = await freshExecutable();
const scripts = mkdtempSync(join(tmpdir(), "inc-demo-"));
try {
  chmodSync(scripts, 0o755);
  const broken = await showMatrix(preparePlace(programs, scripts));
  showRefusal(scripts);
  showSamples();
  say(broken.length === 0 ? paint("green", "Every cell holds its rule.") : paint("red", "Broken cells:"));
  say(["", ...broken].join("\n  "));
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  rmSync(scripts, { recursive: true });
}

/** Fills the matrix, cell by cell, in order; several are under way at once. Gives those that break their rule. */
async function showMatrix(place: Place): Promise<string[]> {
  say("What the kernel's securebits ask of an interpreter, and what inc does:\n");
  say("  mode 1  neither bit: run everything                mode 3  DENY_INTERACTIVE");
  say("  mode 2  RESTRICT_FILE                              mode 4  both: executable files only\n");
  say(`  ${"source".padEnd(40)}${MODES.map((mode) => `mode ${mode}`.padEnd(11)).join("")}`);
  const cells = ROWS.flatMap((row) => MODES.map((mode) => ({ row, mode })));
  const results = inParallel(cells, ({ row, mode }) => runCell(row, mode, place));
  const broken: string[] = [];
  for (const [index, { row, mode }] of cells.entries()) {
    if (mode === 1) process.stdout.write(`  ${`${row.source.padEnd(8)} ${row.what}`.padEnd(40)}`);
    const happened = await results[index];
    process.stdout.write(cellText(row, mode, happened));
    if (mode === 4) process.stdout.write("\n");
    const rule = row.rule[mode - 1];
    if (happened !== undefined && happened !== rule) {
      broken.push(`${row.source} ${row.what}, mode ${mode}: ${happened}, the rule: ${rule}`);
    }
  }
  if ("missing" in place.namespace) say(`\n  -: ${place.namespace.missing}`);
  say("");
  return broken;
}

function cellText(row: Row, mode: Mode, happened: CellResult | undefined): string {
  if (happened === undefined) return "-".padEnd(11);
  const holds = happened === row.rule[mode - 1];
  const word = happened.startsWith("broken") ? "broken" : happened;
  const colour = !holds ? "red" : happened === "ran" ? "green" : "yellow";
  return paint(colour, `${word} ${holds ? "✓" : "✗"}`.padEnd(11));
}

function showRefusal(scripts: string): void {
  say("One refusal in full:\n");
  const args = ["-f", "--", "./inc", join(scripts, "n.inc")];
  say(`  $ ./set-exec ${args.join(" ")}`);
  const { stdout, stderr, status } = spawnSync("./set-exec", args, { cwd: programs, encoding: "utf8" });
  say(indented(stdout + stderr));
  say(`  $ echo $?\n  ${status}\n`);
}

function showSamples(): void {
  say("The samples:\n");
  for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith(".inc"))) {
    say(`  $ inc samples/${name}`);
    const { stdout, stderr } = spawnSync(join(programs, "inc"), [join(SAMPLES, name)], {
      encoding: "utf8",
      input: "41\n",
    });
    say(indented(stdout + stderr));
  }
}

/** Starts as many acts at once as there are processors; each result can be awaited on its own. */
function inParallel<In, Out>(inputs: readonly In[], act: (input: In) => Promise<Out>): Promise<Out>[] {
  const slots = Array.from({ length: availableParallelism() }, () => Promise.resolve());
  return inputs.map((input, index) => {
    const slot = index % slots.length;
    const result = (slots[slot] as Promise<void>).then(() => act(input));
    slots[slot] = result.then(
      () => {},
      () => {},
    );
    return result;
  });
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** Coloured on a terminal, unless NO_COLOR asks for none: styleText looks at both. */
function paint(colour: "green" | "yellow" | "red", text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
