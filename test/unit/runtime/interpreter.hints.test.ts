/** Hints for those who write as in another language. */
import { expect, test } from "vitest";
import { runText } from "../../support/in-process.ts";

test.each([
  ['let s = "h"\ns[0] = "x"\n', "a string cannot be changed", "make a new one with `slice` and `+`"],
  ["let n = 1\nn[0] = 2\n", "an integer has no elements", undefined],
  [
    'let m = {"a": 1}\nprint m.a\n',
    "a map has no names: `.a` reads a name of a module",
    'a map entry is written `m["a"]`',
  ],
  ["let l = []\nl[0] = 1\n", "index 0 is outside a list of length 0", "`push(list, x)` adds an element"],
  ["let Total = 1\nprint total\n", "`total` is not declared", "did you mean `Total`?"],
  ['print {"a": 1}["b"]\n', 'the map has no key "b"', "`has(map, key)` tells whether a key is there"],
])("%j", (text, message, hint) => {
  const { outcome } = runText(text);
  if (outcome.kind !== "failed") throw new Error(`it ended otherwise: ${outcome.kind}`);
  const [problem] = outcome.problems;
  expect({ message: problem?.message, hint: problem?.hint }).toEqual({ message, hint });
});
