/** How fast Inc runs programs, beside its peers: the start of each taken off, and shown apart. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { duration, ENVIRONMENT, executable, goal } from "./measure.ts";
import { type Peer, peersHere } from "./peers.ts";
import { compare, type Runner } from "./runners.ts";

const ROUNDS = 11;
/** What takes longer than this is run once: no noise changes what is to be said of it. */
const SLOW_MS = 1500;
const PROGRAMS = ["loop", "fib", "list", "sieve", "string", "map"] as const;

/** At most so many times a peer's time. */
const GOALS: Readonly<Record<string, number>> = { python3: 1, "lua5.4": 1, dash: 0.1 };

/** Prints the table; gives false where a goal is missed. */
export async function benchLanguage(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const inc = join(await freshExecutable(), "inc");
    const peers = peersHere();
    console.log(
      `running, medians of ${ROUNDS} rounds in turn, without the start; ms, and the ratio of Inc to each`,
    );
    console.log(`  ${peers.map(({ version }) => version).join(" · ")}`);
    return PROGRAMS.map((program) => measure(program, runnersOf(program, inc, peers, folder))).every(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Inc runs behind a prelude that has used every kind of node, so that no program has the host's compiler to itself; the
 * prelude is part of its start.
 */
function runnersOf(program: string, inc: string, peers: readonly Peer[], folder: string): Runner[] {
  const prelude = readFileSync(here("prelude.inc"), "utf8");
  const text = readFileSync(here(`${program}.inc`), "utf8");
  const ours: Runner = {
    name: "inc",
    program: [inc, executable(folder, `${program}.inc`, `${prelude}\n${text}`)],
    start: [inc, executable(folder, "prelude.inc", prelude)],
  };
  const theirs = peers.flatMap(({ name, command, ending }): Runner | [] => {
    const path = here(`${program}${ending}`);
    const has = spawnSync("test", ["-e", path]).status === 0;
    return has
      ? { name, program: [command, path], start: [command, executable(folder, `empty${ending}`, "")] }
      : [];
  });
  return [ours, ...theirs];
}

function here(name: string): string {
  return join(import.meta.dirname, "programs", name);
}

function measure(program: string, runners: readonly Runner[]): boolean {
  const first = firstRuns(program, runners);
  console.log(`\n  ${program}`);
  const ratios = compare(ROUNDS, runners, (argv, index, what) => {
    const once = first[index] as number;
    return what === "program" && once > SLOW_MS ? once : duration(argv);
  });
  return runners
    .map(({ name }, index) => {
      const most = GOALS[name];
      return most === undefined || goal(`${program}: inc to ${name}`, ratios[index] as number, most);
    })
    .every(Boolean);
}

/** How long each takes the first time. A program that prints something else than the others is another program. */
function firstRuns(program: string, runners: readonly Runner[]): number[] {
  let expected: string | undefined;
  return runners.map(({ name, program: [command, ...args] }) => {
    const begin = performance.now();
    const { stdout } = spawnSync(command, args, { encoding: "utf8", env: ENVIRONMENT });
    const output = stdout.trim().split(/\s+/).join(" ");
    expected ??= output;
    if (output !== expected) throw new Error(`${program}: ${name} prints ${output}, and inc ${expected}`);
    return performance.now() - begin;
  });
}
