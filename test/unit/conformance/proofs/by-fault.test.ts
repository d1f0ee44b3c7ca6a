/** Which errnos are drawn. What is found with them, subjects.test.ts holds. */
import { expect, test } from "vitest";
import { drawn } from "../../../../src/conformance/proofs/by-fault.ts";
import { FAULTS } from "../../../../src/conformance/requirements/faults.ts";

test("the first entry of a kind gets every errno of the list, and one that is not in it", () => {
  const errnos = drawn(7, "script", 0);
  expect(errnos.slice(0, -1)).toEqual(FAULTS);
  expect(FAULTS).not.toContain(errnos.at(-1));
  expect(errnos.at(-1)).toMatch(/^E/);
});

test("each further entry gets one of the list", () => {
  const [errno, ...more] = drawn(7, "script", 1);
  expect(FAULTS).toContain(errno);
  expect(more).toEqual([]);
});

test("the same seed draws the same; seeds, kinds and entries differ", () => {
  expect(drawn(7, "module", 0)).toEqual(drawn(7, "module", 0));
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);
  expect(new Set(seeds.map((seed) => drawn(seed, "module", 0).at(-1))).size).toBeGreaterThan(10);
  expect(new Set(seeds.map((at) => drawn(7, "module", at + 1)[0])).size).toBeGreaterThan(10);
});
