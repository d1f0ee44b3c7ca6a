import { expect, test } from "vitest";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";
import { tableRows } from "../../../../src/conformance/requirements/table-rows.ts";

const shown = (...ids: readonly string[]) =>
  tableRows(REQUIREMENTS.filter(({ id }) => ids.includes(id))).map((row) =>
    "alone" in row ? [row.id, row.alone.id] : [row.id, ...row.modes.map((each) => each?.id)],
  );

test("a channel has one row, with a place for each mode", () => {
  expect(shown("snippet.mode-1", "snippet.mode-3")).toEqual([
    ["snippet", "snippet.mode-1", undefined, "snippet.mode-3", undefined],
  ]);
});

test("what is found in another way has a row of its own, whatever its modes", () => {
  expect(shown("fault.stdin.mode-1", "fault.stdin.mode-3", "check.argv")).toEqual([
    ["check.argv", "check.argv"],
    ["fault.stdin.mode-1", "fault.stdin.mode-1"],
    ["fault.stdin.mode-3", "fault.stdin.mode-3"],
  ]);
});
