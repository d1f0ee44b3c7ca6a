import { expect, test } from "vitest";
import { declaration, enforcesAll, modeObeyed } from "../../../../src/conformance/requirements/always.ts";
import { MODES } from "../../../../src/conformance/requirements/expectations.ts";

test.each([
  [[], [1, 2, 3, 4], false],
  [["restrict-file"], [2, 2, 4, 4], false],
  [["deny-interactive"], [3, 4, 3, 4], false],
  [["restrict-file", "deny-interactive"], [4, 4, 4, 4], true],
] as const)("the modes of a build that always enforces %j", (always, obeyed, all) => {
  expect(MODES.map((mode) => modeObeyed(mode, always))).toEqual(obeyed);
  expect(enforcesAll(always)).toBe(all);
});

test("what a heading says", () => {
  expect(declaration([], undefined)).toBeUndefined();
  expect(declaration(["deny-interactive"], "/bin/plain")).toBe(
    "declared to enforce deny-interactive always: mode 1 is judged as mode 3, mode 2 is judged as mode 4; controls by /bin/plain",
  );
});
