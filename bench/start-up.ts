/** How long a script of three lines takes, from its start to its end, beside `node` with an empty file, and its peers. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { type Argv, allInTurn, asAfterABoot, duration, executable, goal, median, peakOf } from "./measure.ts";

const ROUNDS = 40;

/** At most: so many times bare Node; megabytes. Page faults are nearly the same in each round, and times are not. */
const GOALS = { time: 1.2, pageFaults: 1.42, memory: 1.25, megabytes: 120 };

interface Starter {
  readonly name: string;
  readonly argv: Argv;
}

/** Prints the table; gives false where a goal is missed. */
export async function benchStartUp(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const inc = join(await freshExecutable(), "inc");
    // A copy, because the pages of a program that runs stay in the cache.
    const node = join(folder, "node");
    copyFileSync(process.execPath, node);
    for (const program of [inc, node]) asAfterABoot(program);
    const bare: Starter = { name: "node, an empty file", argv: [node, executable(folder, "empty.js", "")] };
    const ours: Starter = {
      name: "inc, three lines",
      argv: [inc, executable(folder, "s.inc", '+\n+\nprint "end"\n')],
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
    const waitingScript = executable(folder, "wait.inc", "?\n");
    const waiting = executable(
      folder,
      "wait.js",
      'const fs = require("fs"); fs.writeSync(2, "?"); fs.readSync(0, Buffer.alloc(1));',
    );
    const [bareHeld, held] = [await whenStarted([node, waiting]), await whenStarted([inc, waitingScript])];
    const megabytes = statSync(inc).size / 1e6;
    const time = times[1]?.ratio ?? Number.NaN;
    return [
      goal("time", time, GOALS.time),
      goal("page faults", held.pageFaults / bareHeld.pageFaults, GOALS.pageFaults),
      goal("peak memory", held.bytes / bareHeld.bytes, GOALS.memory),
      goal("file, MB", megabytes, GOALS.megabytes),
    ].every((met) => met);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function peers(folder: string): Starter[] {
  const c = join(folder, "c");
  spawnSync("cc", ["-O2", "-o", c, executable(folder, "c.c", "int main(void) { return 0; }\n")]);
  const candidates: Starter[] = [
    { name: "C", argv: [c] },
    { name: "dash", argv: ["/usr/bin/dash", "-c", "a=1\na=$((a + 1))\necho $a\n"] },
    { name: "lua", argv: ["/usr/bin/lua5.4", "-e", "a = 1\na = a + 1\nprint(a)\n"] },
    { name: "perl", argv: ["/usr/bin/perl", "-e", "$a = 1;\n$a += 1;\nprint $a;\n"] },
    { name: "python3 -S", argv: ["/usr/bin/python3", "-S", "-c", "a = 1\na += 1\nprint(a)\n"] },
  ];
  return candidates.filter(({ argv: [command, ...args] }) => spawnSync(command, args).status === 0);
}

function inTurns(starters: readonly Starter[]) {
  const found = allInTurn(
    ROUNDS,
    starters.map(
      ({ argv }) =>
        () =>
          duration(argv),
    ),
  );
  const bare = found[0] as number[];
  return starters.map(({ name }, index) => {
    const times = found[index] as number[];
    return {
      name,
      milliseconds: median(times),
      ratio: median(times.map((time, round) => time / (bare[round] as number))),
    };
  });
}

/** The most memory that a command has held, and its page faults, when it asks for input, which is when it has started. */
async function whenStarted([command, ...args]: Argv): Promise<{ bytes: number; pageFaults: number }> {
  const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"] });
  await once(child.stderr, "data");
  const pid = child.pid as number;
  const found = { bytes: peakOf(pid), pageFaults: pageFaultsOf(pid) };
  child.stdin.end("1\n");
  await once(child, "close");
  return found;
}

/** The page faults of a process so far, those that wait for the disk left out: proc(5), stat, its tenth field. */
function pageFaultsOf(pid: number): number {
  // The second field, a name in parentheses, may hold spaces.
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ");
  return Number(fields.split(" ")[7]);
}
