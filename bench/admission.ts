/** What an admission costs, beside a C program that makes the same calls with the same argv and environment. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AdmissionError, admit, decide, linuxKernel } from "../src/exec-check/exec-check.ts";
import { inTurn } from "./measure.ts";

const ROUNDS = 15;
const TURNS = 2000;
const MANY_VARIABLES = 1000;

/** At most so many times the C calls; and the first admission, so many times what koffi takes to load itself. */
const GOALS = { allowed: 1.5, refused: 3, first: 0.5 };

/** Prints the table; gives false where a goal is missed. */
export function benchAdmission(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const program = compile(folder);
    if (program === undefined) {
      console.log("admission: no C compiler (cc) is here to make the peer with");
      return true;
    }
    const allowed = script(folder, "x.inc", 0o755);
    const refused = script(folder, "n.inc", 0o644);
    console.log(`admission, median of ${ROUNDS} rounds of ${TURNS}, in turn with C; µs`);
    const goals = [
      row("allowed: prctl, check, decide", calls(allowed), peer(program, "calls", allowed), GOALS.allowed),
      row("refused: prctl, check, decide", calls(refused), peer(program, "calls", refused), GOALS.refused),
    ];
    row(
      "prctl alone",
      timed(() => linuxKernel.getSecurebits()),
      peer(program, "prctl", allowed),
    );
    row("allowed, whole: open, fstat, …, read, close", whole(allowed, 0), peer(program, "whole", allowed));
    row(
      "refused, whole: with the cause and its words",
      whole(refused, 0x100),
      peer(program, "whole", refused),
    );
    withManyVariables(() => {
      const title = `with ${MANY_VARIABLES} variables more`;
      goals.push(row(`allowed, ${title}`, calls(allowed), peer(program, "calls", allowed), GOALS.allowed));
      goals.push(row(`refused, ${title}`, calls(refused), peer(program, "calls", refused), GOALS.refused));
    });
    console.log(`\nfirst admission of a process, median of ${ROUNDS}, in turn with koffi's own loading; ms`);
    goals.push(row("allowed, whole, the addon's loading with it", first(allowed), koffi, GOALS.first));
    return goals.every((met) => met);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compile(folder: string): string | undefined {
  const program = join(folder, "admission");
  const { status } = spawnSync("cc", ["-O2", "-o", program, join(import.meta.dirname, "admission.c")]);
  return status === 0 ? program : undefined;
}

function script(folder: string, name: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, "print 1\n");
  chmodSync(path, mode);
  return path;
}

/** A measurement gives microseconds for one turn. */
type Measurement = () => number;

function timed(turn: () => void): Measurement {
  return () => {
    const begin = process.hrtime.bigint();
    for (let done = 0; done < TURNS; done++) turn();
    return Number(process.hrtime.bigint() - begin) / TURNS / 1000;
  };
}

function calls(path: string): Measurement {
  const argv = [Buffer.from(path), Buffer.from("an argument")];
  const measured = (fd: number) =>
    timed(() => decide("file", linuxKernel.execveatCheck(fd, argv), linuxKernel.getSecurebits()));
  return () => {
    const fd = openSync(path, "r");
    try {
      return measured(fd)();
    } finally {
      closeSync(fd);
    }
  };
}

function whole(path: string, securebits: number): Measurement {
  return timed(() => {
    try {
      admit({ from: "path", path, args: ["an argument"] }, securebits === 0 ? {} : { securebits });
    } catch (error) {
      if (!(error instanceof AdmissionError)) throw error;
    }
  });
}

function peer(program: string, what: string, path: string): Measurement {
  return () => Number(execFileSync(program, [what, path, String(TURNS)], { encoding: "utf8" })) / 1000;
}

function row(title: string, ours: Measurement, theirs: Measurement, goal?: number): boolean {
  ours();
  const { a, b } = inTurn(ROUNDS, ours, theirs);
  const met = goal === undefined || a / b <= goal;
  const verdict = goal === undefined ? "" : `  goal ${goal}: ${met ? "met" : "MISSED"}`;
  const figures = [a, b].map((value) => value.toFixed(2).padStart(8)).join("");
  console.log(`  ${title.padEnd(46)}${figures}  ratio ${(a / b).toFixed(2)}${verdict}`);
  return met;
}

function withManyVariables(act: () => void): void {
  const names = Array.from({ length: MANY_VARIABLES }, (_, number) => `INC_BENCH_${number}`);
  for (const name of names) process.env[name] = "a value of some length";
  act();
  for (const name of names) delete process.env[name];
}

function first(path: string): Measurement {
  const library = join(import.meta.dirname, "../src/exec-check/exec-check.ts");
  return () =>
    once(
      `import { admit } from ${JSON.stringify(library)};`,
      `admit({ from: "path", path: ${JSON.stringify(path)} });`,
    );
}

/** What is loaded of koffi without the library: its JavaScript, which looks for the addon. */
function koffi(): number {
  return once(
    `import { createRequire } from "node:module"; const require = createRequire(${JSON.stringify(import.meta.url)});`,
    `require("koffi").load(null);`,
  );
}

/** How long a statement takes in a process of its own, in milliseconds. */
function once(before: string, statement: string): number {
  const program = `${before} const begin = performance.now(); ${statement} console.log(performance.now() - begin);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
}
