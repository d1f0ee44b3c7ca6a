/** How long a script of three lines takes, from its start to its end, beside `node` with an empty file, and its peers. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { median } from "./measure.ts";

const ROUNDS = 40;

/** At most: so many times bare Node; megabytes. */
const GOALS = { time: 1.15, memory: 1.25, megabytes: 120 };

interface Starter {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
}

/** Prints the table; gives false where a goal is missed. */
export async function benchStartUp(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const inc = join(freshExecutable(), "inc");
    asAfterABoot(inc);
    const bare: Starter = {
      name: "node, an empty file",
      argv: [process.execPath, file(folder, "empty.js", "")],
    };
    const ours: Starter = {
      name: "inc, three lines",
      argv: [inc, file(folder, "s.inc", '+\n+\nprint "end"\n')],
    };
    const times = inTurns([
      bare,
      ours,
      { name: "inc --version", argv: [inc, "--version"] },
      ...peers(folder),
    ]);
    console.log(`start-up, medians of ${ROUNDS} rounds in turn; ratio: of each pair with bare Node`);
    for (const { name, milliseconds, ratio } of times) {
      console.log(
        `  ${name.padEnd(22)}${milliseconds.toFixed(1).padStart(8)} ms ${ratio.toFixed(2).padStart(6)}`,
      );
    }
    const waiting = file(
      folder,
      "wait.js",
      'const fs = require("fs"); fs.writeSync(2, "?"); fs.readSync(0, Buffer.alloc(1));',
    );
    const memory =
      (await peak([inc, file(folder, "wait.inc", "?\n")])) / (await peak([process.execPath, waiting]));
    const megabytes = statSync(inc).size / 1e6;
    const time = times[1]?.ratio ?? Number.NaN;
    return [
      goal("time", time, GOALS.time),
      goal("peak memory", memory, GOALS.memory),
      goal("file, MB", megabytes, GOALS.megabytes),
    ].every((met) => met);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function goal(what: string, found: number, most: number): boolean {
  console.log(
    `  ${what.padEnd(22)}${found.toFixed(2).padStart(8)}    goal: at most ${most}${found > most ? ", missed" : ""}`,
  );
  return found <= most;
}

/**
 * A file just written lies in the page cache in larger pieces than one that was read, and more of it then counts as
 * memory of the process: 12 MB here. It is written out, dropped, and read anew.
 */
function asAfterABoot(path: string): void {
  spawnSync("sync", [path]);
  spawnSync("dd", [`if=${path}`, "iflag=nocache", "count=0", "status=none"]);
}

function file(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

function peers(folder: string): Starter[] {
  const c = join(folder, "c");
  spawnSync("cc", ["-O2", "-o", c, file(folder, "c.c", "int main(void) { return 0; }\n")]);
  const candidates: Starter[] = [
    { name: "C", argv: [c] },
    { name: "dash", argv: ["dash", "-c", "a=1\na=$((a + 1))\necho $a\n"] },
    { name: "lua", argv: ["lua5.4", "-e", "a = 1\na = a + 1\nprint(a)\n"] },
    { name: "perl", argv: ["perl", "-e", "$a = 1;\n$a += 1;\nprint $a;\n"] },
    { name: "python3 -S", argv: ["python3", "-S", "-c", "a = 1\na += 1\nprint(a)\n"] },
  ];
  return candidates.filter(({ argv: [command, ...args] }) => spawnSync(command, args).status === 0);
}

function inTurns(starters: readonly Starter[]) {
  const found = starters.map(({ name }) => ({ name, times: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { argv }] of starters.entries()) found[index]?.times.push(duration(argv));
  }
  const bare = found[0]?.times ?? [];
  return found.map(({ name, times }) => ({
    name,
    milliseconds: median(times),
    ratio: median(times.map((time, round) => time / (bare[round] as number))),
  }));
}

function duration([command, ...args]: Starter["argv"]): number {
  const begin = process.hrtime.bigint();
  spawnSync(command, args, { stdio: "ignore" });
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** The most memory, in kB, that a command has held when it asks for input, which is when it has started. */
async function peak([command, ...args]: Starter["argv"]): Promise<number> {
  const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"] });
  await once(child.stderr, "data");
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  child.stdin.end("1\n");
  await once(child, "close");
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
}
