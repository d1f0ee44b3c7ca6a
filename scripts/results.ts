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

export function readResults(): Results {
  return JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
}
