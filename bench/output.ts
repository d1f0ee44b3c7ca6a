/** What it costs to print a million lines, beside the peers; and a million `+`, which is the kernel sample's language. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshExecutable } from "../packaging/fresh-executable.ts";
import { allInTurn, duration, executable, goal, median } from "./measure.ts";
import { peersHere } from "./peers.ts";
import { compare, type Runner } from "./runners.ts";

const ROUNDS = 5;
const LINES = 1_000_000;

/** At most so many times python3's time; seconds. */
const GOALS = { print: 1, counting: 2 };

/** Prints the table; gives false where a goal is missed. */
export async function benchOutput(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "inc-bench-"));
  try {
    const inc = join(await freshExecutable(), "inc");
    const peers = peersHere().filter(({ ending }) => [".py", ".lua", ".pl"].includes(ending));
    const printers = [{ name: "inc", command: inc, ending: ".inc" }, ...peers].map(
      ({ name, command, ending }): Runner => ({
        name,
        program: [command, join(import.meta.dirname, `programs/print${ending}`)],
        start: [command, executable(folder, `empty${ending}`, "")],
      }),
    );
    const file = join(folder, "out");
    const met = [
      printing("to a file", `exec "$0" "$@" >${file}`, printers),
      printing("to a pipe", `"$0" "$@" | cat >/dev/null`, printers),
    ];
    const increments = executable(folder, "plus.inc", "+\n".repeat(LINES));
    const counting = median(allInTurn(ROUNDS, [() => duration([inc, increments])])[0] as number[]) / 1000;
    console.log("");
    return [...met, goal("a million `+`, s", counting, GOALS.counting)].every(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printing(where: string, command: string, printers: readonly Runner[]): boolean {
  console.log(`\nprinting ${LINES} lines ${where}, without the start: ms, and the ratio of Inc to each`);
  const ratios = compare(ROUNDS, printers, (argv) => duration(["sh", "-c", command, ...argv]));
  const python = printers.findIndex(({ name }) => name === "python3");
  return python < 0 || goal(`${where}: inc to python3`, ratios[python] as number, GOALS.print);
}
