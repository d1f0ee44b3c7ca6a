/** Reading a source, from its bytes to code: `inc --check` beside `python3 -m py_compile` on an equivalent file. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { allInTurn, asAfterABoot, duration, executable, goal, median, watched } from "./measure.ts";
import { incBlock, pythonBlock, repeated } from "./sources.ts";

const ROUNDS = 5;
const PYTHON = "/usr/bin/python3";
const MEGABYTE = 1_000_000;

/** At most: so many times py_compile's time; times the time of a tenth; megabytes of memory for one of source. */
const GOALS = { toPython: 1, tenfold: 11, memory: 60 };

/** Prints the table; gives false where a goal is missed. */
export async function benchParsing(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const inc = join(await freshExecutable(), "inc");
    asAfterABoot(inc);
    const blocks = Math.ceil(MEGABYTE / incBlock(1000).length);
    const sources = {
      empty: executable(folder, "empty.inc", ""),
      one: executable(folder, "one.inc", repeated(blocks, incBlock)),
      ten: executable(folder, "ten.inc", repeated(10 * blocks, incBlock)),
    };
    const emptyPython = executable(folder, "empty.py", "");
    const python = executable(folder, "one.py", repeated(blocks, pythonBlock));
    const check = (path: string) => () => duration([inc, "--check", path]);
    const compile = (path: string) => () => duration([PYTHON, "-m", "py_compile", path]);
    const measures = [check(sources.empty), check(sources.one), compile(emptyPython), compile(python)];
    const [start, one, pythonStart, theirs] = allInTurn(ROUNDS, measures).map(median) as [
      number,
      number,
      number,
      number,
    ];
    const ten = median(allInTurn(3, [check(sources.ten)])[0] as number[]);
    const size = (path: string) => (statSync(path).size / MEGABYTE).toFixed(2);
    console.log(`reading a source, medians of ${ROUNDS} rounds in turn, without the start; ms`);
    console.log(
      `    inc --check, ${size(sources.one)} MB      ${(one - start).toFixed(0).padStart(7)}   start ${start.toFixed(0)}`,
    );
    console.log(`    inc --check, ${size(sources.ten)} MB     ${(ten - start).toFixed(0).padStart(7)}`);
    console.log(
      `    py_compile, ${size(python)} MB       ${(theirs - pythonStart).toFixed(0).padStart(7)}   start ${pythonStart.toFixed(0)}`,
    );
    const perMegabyte: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const peak = async (path: string) => (await watched([inc, "--check", path])).bytes;
      perMegabyte.push(
        ((await peak(sources.one)) - (await peak(sources.empty))) / statSync(sources.one).size,
      );
    }
    return [
      goal("inc to py_compile", (one - start) / (theirs - pythonStart), GOALS.toPython),
      goal("ten times the source", (ten - start) / (one - start), GOALS.tenfold),
      goal("memory, MB for each of source", median(perMegabyte), GOALS.memory),
    ].every(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
