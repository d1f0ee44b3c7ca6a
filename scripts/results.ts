/** What docs/results.json keeps of a report: verdicts, one line a requirement, without the evidence. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERDICTS } from "../src/conformance/findings/verdict.ts";
import type { JsonReport } from "../src/conformance/report/json.ts";
import { REQUIREMENTS } from "../src/conformance/requirements/requirements.ts";

export const RESULTS = join(import.meta.dirname, "../docs/results.json");

export interface Results {
  readonly kit: string;
  readonly date: string;
  readonly kernel: string;
  readonly interpreters: readonly {
    readonly name: string;
    readonly title: string;
    readonly version: string;
    /** When it was recorded, where that was an earlier run: it was not there in this one. */
    readonly date?: string;
  }[];
  /** By requirement, one letter an interpreter, in their order. */
  readonly verdicts: Readonly<Record<string, string>>;
}

/** Cuts a whole report down. */
export function resultsOf(report: JsonReport): Results {
  const { kit, date, kernel, interpreters } = report;
  const letters = interpreters.map(
    ({ requirements }) => new Map(requirements.map(({ id, verdict }) => [id, VERDICTS[verdict].letter])),
  );
  return {
    kit,
    date: date.slice(0, 10),
    // Without what its builder put behind it.
    kernel: /^[\d.]+\d/.exec(kernel)?.[0] ?? kernel,
    interpreters: interpreters.map(({ name, title, version }) => ({ name, title, version })),
    verdicts: Object.fromEntries(
      REQUIREMENTS.map(({ id }) => [id, letters.map((of) => of.get(id) ?? " ").join("")]),
    ),
  };
}

/**
 * What is kept of an earlier record: the interpreters that are not there this time. A requirement that has come since has a
 * blank for them.
 */
export function keeping(earlier: Results, results: Results, known: readonly string[]): Results {
  const isKept = ({ name }: Results["interpreters"][number]) =>
    known.includes(name) && !results.interpreters.some((each) => each.name === name);
  const kept = [...earlier.interpreters.entries()].filter(([, each]) => isKept(each));
  const lettersOf = (id: string) => kept.map(([at]) => earlier.verdicts[id]?.[at] ?? " ").join("");
  return {
    ...results,
    interpreters: [
      ...results.interpreters,
      ...kept.map(([, each]) => ({ ...each, date: each.date ?? earlier.date })),
    ],
    verdicts: Object.fromEntries(
      Object.entries(results.verdicts).map(([id, letters]) => [id, letters + lettersOf(id)]),
    ),
  };
}

export function readResults(): Results {
  return JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
}
