/** docs/results.md is made from docs/results.json, which is complete. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readResults } from "../../../scripts/results.ts";
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
  expect(names.toSorted()).toEqual([...ADAPTERS.map(({ name }) => name), "inc-npm"].sort());
  expect(Object.keys(results.verdicts)).toEqual(REQUIREMENTS.map(({ id }) => id));
  const letters = new Set<string>(Object.values(VERDICTS).map(({ letter }) => letter));
  for (const [id, line] of Object.entries(results.verdicts)) {
    expect(line.length, id).toBe(names.length);
    expect(
      [...line].filter((letter) => !letters.has(letter)),
      id,
    ).toEqual([]);
  }
});

test("nothing is broken in ours, and both its forms are alike", () => {
  expect(column("inc").filter((line) => line.endsWith(VERDICTS.broken.letter))).toEqual([]);
  expect(column("inc-npm")).toEqual(column("inc"));
});
