/** How long `exec-check -r` takes for trees, and whether its memory grows with them. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { goal, watched } from "./measure.ts";

/** Seconds for the small tree; growth of memory from it to the large one. */
const GOALS = { seconds: 5, growth: 1.1 };

const FILES = 100_000;
const TIMES = 10;
const IN_A_FOLDER = 1000;

/** Prints what was measured; gives false where a goal is missed. */
export async function benchTrees(): Promise<boolean> {
  const program = join(await freshExecutable(), "exec-check");
  const tree = mkdtempSync(join(tmpdir(), "exec-check-bench-"));
  try {
    console.log("exec-check -r, the executable; each second file is not executable");
    grow(tree, 0, FILES);
    const lines = await watched([program, "-r", tree]);
    const small = await watched([program, "-r", "--summary", tree]);
    grow(tree, FILES, FILES * TIMES);
    const large = await watched([program, "-r", "--summary", tree]);
    for (const [name, { seconds, bytes }] of Object.entries({ lines, small, large }))
      console.log(
        `  ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s ${(bytes / 1e6).toFixed(0).padStart(5)} MB`,
      );
    return [
      goal(`${FILES} files, a line each, s`, lines.seconds, GOALS.seconds),
      goal(`${FILES} files, a summary, s`, small.seconds, GOALS.seconds),
      goal(`memory of ${FILES * TIMES} files to ${FILES}`, large.bytes / small.bytes, GOALS.growth),
    ].every((met) => met);
  } finally {
    rmSync(tree, { recursive: true });
  }
}

function grow(tree: string, from: number, to: number): void {
  for (let file = from; file < to; file++) {
    const folder = join(tree, String(Math.floor(file / IN_A_FOLDER)));
    if (file % IN_A_FOLDER === 0) mkdirSync(folder);
    const path = join(folder, `${file}.py`);
    writeFileSync(path, "");
    if (file % 2 === 0) chmodSync(path, 0o755);
  }
}
