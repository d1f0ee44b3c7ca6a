/** What Tab offers at the prompt. */
import { expect, test } from "vitest";
import { complete } from "../../../../src/inc/prompt/complete.ts";

const evaluator = {
  enter: () => undefined,
  names: (of?: string) =>
    of === undefined ? ["print", "program", "let"] : of === "m" ? ["one", "once"] : [],
};

test.each<[string, string[], string]>([
  ["pr", ["print", "program"], "pr"],
  ["print prog", ["program"], "prog"],
  ["x", [], "x"],
  ["m.on", ["one", "once"], "on"],
  ["print m.", ["one", "once"], ""],
  ["other.on", [], "on"],
  ["", [], ""],
  ["print ", [], ""],
])("%j", (line, candidates, part) => {
  expect(complete(line, evaluator)).toEqual([candidates, part]);
});
