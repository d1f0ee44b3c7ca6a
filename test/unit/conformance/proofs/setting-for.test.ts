import { expect, test } from "vitest";
import { limitFrom } from "../../../../src/conformance/proofs/setting-for.ts";

test.each([
  [20, { timeoutMs: 10_000 }],
  [1000, { timeoutMs: 10_000 }],
  [1001, { timeoutMs: 11_000, startMs: 1001 }],
  [3050.4, { timeoutMs: 31_000, startMs: 3050.4 }],
  [59_999, { timeoutMs: 600_000, startMs: 59_999 }],
])("a program that takes %i ms", (ms, limit) => expect(limitFrom(ms)).toEqual(limit));
