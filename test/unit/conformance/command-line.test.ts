import { expect, test } from "vitest";
import { parseCommandLine } from "../../../src/conformance/command-line.ts";
import { WRONG_SEED } from "../../../src/conformance/messages.ts";

const seedOf = (...args: readonly string[]) => {
  const command = parseCommandLine(["dash", ...args]);
  return command.do === "run" ? command.seed : undefined;
};

test("a seed is taken as it is given, and drawn where none is", () => {
  expect(seedOf("--seed", "7")).toBe(7);
  const drawn = Array.from({ length: 20 }, () => seedOf());
  expect(new Set(drawn).size).toBeGreaterThan(10);
  for (const seed of drawn) expect(seedOf("--seed", String(seed))).toBe(seed);
});

test.each(["x", "-1", "1000000", "0.5", ""])("--seed %j is refused", (seed) => {
  expect(parseCommandLine(["dash", `--seed=${seed}`])).toEqual({ do: "complain", complaint: WRONG_SEED });
});
