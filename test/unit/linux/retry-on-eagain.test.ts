import { expect, test } from "vitest";
import { retryOnEagain } from "../../../src/linux/retry-on-eagain.ts";

/** Throws these, one a call, and then gives 7. */
function failing(...codes: string[]): { call: () => number; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    call() {
      const code = codes[calls++];
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      return 7;
    },
  };
}

test("EAGAIN is no answer", () => {
  const { call, calls } = failing("EAGAIN", "EAGAIN");
  expect(retryOnEagain(call)).toBe(7);
  expect(calls()).toBe(3);
});

test.each(["EINTR", "EIO", "EPIPE"])("%s is one", (code) => {
  const { call, calls } = failing(code);
  expect(() => retryOnEagain(call)).toThrow(code);
  expect(calls()).toBe(1);
});

test("what is no error passes", () => {
  expect(() =>
    retryOnEagain(() => {
      throw "EAGAIN";
    }),
  ).toThrow("EAGAIN");
});
