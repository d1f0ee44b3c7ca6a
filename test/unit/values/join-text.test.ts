/** Long texts that grow part by part are what `+` makes of them, also while others grow. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { joinText } from "../../../src/values/join-text.ts";

/** Longer than the least length that is remembered. */
const part = fc.tuple(fc.constantFrom("a", "é", "\u{1f600}", "0"), fc.nat(1500)).map(([c, n]) => c.repeat(n));

test("any texts, grown in any order", () => {
  const growth = fc.array(fc.tuple(fc.nat(2), part), { maxLength: 40 });
  fc.assert(
    fc.property(growth, (steps) => {
      const [found, wanted] = [
        ["", "", ""],
        ["", "", ""],
      ];
      for (const [which, added] of steps) {
        found[which] = joinText(found[which] as string, added);
        wanted[which] += added;
      }
      expect(found).toEqual(wanted);
    }),
  );
});

test("two texts of one length in turn: more often than it is worth remembering the last", () => {
  let [a, b] = ["a".repeat(2000), "b".repeat(2000)];
  for (let i = 0; i < 500; i++) {
    a = joinText(a, "xy");
    b = joinText(b, "zw");
  }
  expect(a).toBe("a".repeat(2000) + "xy".repeat(500));
  expect(b).toBe("b".repeat(2000) + "zw".repeat(500));
});

test("a text that was joined before and goes on twice", () => {
  const stem = joinText("s".repeat(3000), "tem");
  const one = joinText(stem, "1".repeat(5000));
  const two = joinText(stem, "2");
  expect(joinText(one, "!")).toBe(`${"s".repeat(3000)}tem${"1".repeat(5000)}!`);
  expect(joinText(two, "!")).toBe(`${"s".repeat(3000)}tem2!`);
});
