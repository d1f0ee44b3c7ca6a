import { expect, test } from "vitest";
import { makeTurns } from "../../../../src/conformance/attempt/turns.ts";

/** Work that notes when it begins and ends, and ends when told to. */
function work(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return name;
  };
  return { run, end: resolve };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is tried again waits for the others, and the others wait for it", async () => {
  const log: string[] = [];
  const { beside, again } = makeTurns();
  const [first, second, alone, third] = ["first", "second", "alone", "third"].map((name) =>
    work(name, log),
  ) as [ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>];
  const all = [beside(first.run), beside(second.run), again(alone.run, () => true), beside(third.run)];
  await settled();
  expect(log).toEqual(["first begins", "second begins"]);
  second.end();
  await settled();
  expect(log.slice(2)).toEqual(["second ends"]);
  first.end();
  await settled();
  expect(log.slice(3)).toEqual(["first ends", "alone begins"]);
  alone.end();
  await settled();
  expect(log.slice(5)).toEqual(["alone ends", "third begins"]);
  third.end();
  expect(await Promise.all(all)).toEqual(["first", "second", "alone", "third"]);
});

test("a failure gives the turn to the next", async () => {
  const { beside, again } = makeTurns();
  const failing = async () => {
    throw new Error("it fails");
  };
  await expect(again(failing, () => true)).rejects.toThrow("it fails");
  expect(await beside(async () => 1)).toBe(1);
});

test("what is of no use too often is not done any longer; what was of use once is", async () => {
  const { again } = makeTurns();
  const results = [];
  for (let at = 0; at < 12; at++)
    results.push(
      await again(
        async () => at,
        (result) => result === 3,
      ),
    );
  expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(
    await again(
      async () => 12,
      () => true,
    ),
  ).toBeUndefined();
});
