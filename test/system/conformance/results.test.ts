/** What docs/results.json holds is what the judge finds. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { programOf } from "../../../scripts/programs.ts";
import { readResults, resultsOf } from "../../../scripts/results.ts";
import { ADAPTERS } from "../../../src/conformance/adapter/shipped.ts";
import { temporaryFolder } from "../../support/files.ts";
import { EXEC_CONFORMANCE, INC } from "../../support/programs.ts";
import { judged, needsEverything } from "./kit.ts";

const results = readResults();
const names = results.interpreters.map(({ name }) => name);
const column = (name: string) => {
  const at = names.indexOf(name);
  return Object.entries(results.verdicts).map(([id, letters]) => `${id} ${letters[at]}`);
};

/** The quick ones: all adapters together take a quarter of an hour. */
const AGAIN = ["inc", "dash", "gawk"];

test("a run of today finds the same, and leaves nothing behind", { timeout: 300_000 }, async (context) => {
  needsEverything(context);
  const there = ADAPTERS.flatMap((adapter) => {
    const program = AGAIN.includes(adapter.name) ? programOf(adapter, INC) : undefined;
    return program === undefined ? [] : [`${adapter.name}=${program}`];
  });
  const TMPDIR = temporaryFolder();
  const today = resultsOf(await judged(there, { program: EXEC_CONFORMANCE, env: { TMPDIR } }));
  expect(readdirSync(TMPDIR)).toEqual([]);
  const same = today.interpreters.filter((each) =>
    results.interpreters.some(({ name, version }) => name === each.name && version === each.version),
  );
  expect(same.map(({ name }) => name)).toContain("inc");
  for (const { name } of same) {
    const at = today.interpreters.findIndex((each) => each.name === name);
    const found = Object.entries(today.verdicts).map(([id, letters]) => `${id} ${letters[at]}`);
    expect(found, name).toEqual(column(name));
  }
});
