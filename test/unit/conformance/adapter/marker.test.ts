/** A marker is seen only in the output of its program, run to its end. */
import { expect, test } from "vitest";
import { type MarkedProgram, mark, type Program } from "../../../../src/conformance/adapter/marker.ts";

const COUNTING: Program = { first: "#!counter\n", repeat: "+\n" };

/** Output of a language that counts its pluses. */
const counted = ({ text }: MarkedProgram) =>
  text
    .split("\n")
    .filter((line) => line === "+")
    .map((_, at) => `${at + 1}\n`)
    .join("");

test("of two programs that count, neither is taken for the other, nor a part for the whole", () => {
  const programs = Array.from({ length: 100 }, () => mark(COUNTING));
  const [one] = programs as [MarkedProgram];
  const others = programs.filter(({ marker }) => marker !== one.marker);
  expect(others.length).toBeGreaterThan(0);
  expect(one.text.startsWith("#!counter\n+\n")).toBe(true);
  expect(one.seenIn(counted(one))).toBe(true);
  for (const other of others) expect(one.seenIn(counted(other)), other.marker).toBe(false);
  const part = counted(one).split("\n").slice(0, -2).join("\n");
  expect([one.seenIn(part), one.anySeenIn(part), one.anySeenIn("")]).toEqual([false, true, false]);
});

test.each(["print({a} + {b})", "echo {left}''{right}"])("%s does not hold its marker", (program) => {
  const { text, marker, seenIn } = mark(program);
  expect(text).not.toMatch(/[{}]/);
  expect([seenIn(text), seenIn(`before${marker}after`)]).toEqual([false, true]);
});
