/** docs/results.md is made from docs/results.json, which is complete. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CALCULATORS } from "../../../scripts/calculators.ts";
import { keeping, readResults } from "../../../scripts/results.ts";
import { PAGE, resultsPage } from "../../../scripts/results-page.ts";
import { ADAPTERS } from "../../../src/conformance/adapter/shipped.ts";
import { VERDICTS } from "../../../src/conformance/findings/verdict.ts";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";

const results = readResults();
const names = results.interpreters.map(({ name }) => name);
const column = (name: string) => {
  const at = names.indexOf(name);
  return Object.entries(results.verdicts).map(([id, letters]) => `${id} ${letters[at]}`);
};

test("the page is made of them: `npm run docs` renews it", () =>
  expect(resultsPage(results)).toBe(readFileSync(PAGE, "utf8")));

test("every adapter and every requirement is there: `npm run results` records them", () => {
  const calibrated = ADAPTERS.filter(({ uncalibrated }) => uncalibrated !== true).map(({ name }) => name);
  expect(names.toSorted()).toEqual([...calibrated, "inc-npm", ...CALCULATORS].sort());
  expect(Object.keys(results.verdicts)).toEqual(REQUIREMENTS.map(({ id }) => id));
  const letters = new Set<string>(Object.values(VERDICTS).map(({ letter }) => letter));
  for (const [id, line] of Object.entries(results.verdicts)) {
    expect(line.length, id).toBe(names.length);
    const isMissing = (letter: string, at: number) =>
      !letters.has(letter) && results.interpreters[at]?.date === undefined;
    expect([...line].filter(isMissing), id).toEqual([]);
  }
});

test("what is not there keeps its record, with its date and blanks for what has come since", () => {
  const one = (name: string, verdicts: Record<string, string>, date: string) => ({
    ...{ kit: "", kernel: "", date, verdicts },
    interpreters: [{ name, title: "", version: "" }],
  });
  const both = keeping(
    one("sample", { old: "h", same: "B" }, "2026-01-01"),
    one("dash", { same: "h", new: "s" }, "2026-02-02"),
    ["sample", "dash"],
  );
  expect(both.interpreters.map(({ name, date }) => [name, date])).toEqual([
    ["dash", undefined],
    ["sample", "2026-01-01"],
  ]);
  expect(both.verdicts).toEqual({ same: "hB", new: "s " });
  expect(keeping(both, one("dash", {}, ""), ["dash"]).interpreters).toHaveLength(1);
});

test("nothing is broken in ours, and both its forms are alike", () => {
  expect(column("inc").filter((line) => line.endsWith(VERDICTS.broken.letter))).toEqual([]);
  expect(column("inc-npm")).toEqual(column("inc"));
});
