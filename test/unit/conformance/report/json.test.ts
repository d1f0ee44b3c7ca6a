/** The published schema accepts a report with everything in it, and rejects wrong ones. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { complaints } from "../../../../src/conformance/adapter/json-schema.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../docs/report.schema.json"), "utf8"),
);

test("a report is what its schema says, and the version that it says", () => {
  expect(complaints(SCHEMA, HARD_REPORT)).toEqual([]);
  expect(complaints(SCHEMA, { ...HARD_REPORT, version: 1 })).not.toEqual([]);
  const [first] = HARD_REPORT.interpreters;
  const cut = { ...HARD_REPORT, interpreters: [{ ...first, tally: undefined, verdict: "fine" }] };
  expect(complaints(SCHEMA, cut).length).toBeGreaterThan(1);
});
