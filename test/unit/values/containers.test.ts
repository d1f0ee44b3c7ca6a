/** Room for a list's elements is made once for a length. A map has a largest size. */
import { expect, test } from "vitest";
import { makeRoom, setIndex } from "../../../src/values/containers.ts";
import { MAX_MAP } from "../../../src/values/memory.ts";
import type { IncMap, Value } from "../../../src/values/value.ts";

/** A list that counts how often its length is set. */
function counting(length: number): { list: Value[]; times: () => number } {
  let times = 0;
  const list = new Proxy<Value[]>(new Array(length).fill(0), {
    set(target, name, value) {
      if (name === "length") times++;
      return Reflect.set(target, name, value);
    },
  });
  return { list, times: () => times };
}

test("a list that shrinks and grows around one length pays for it once", () => {
  const { list, times } = counting(2048);
  makeRoom(list);
  const once = times();
  expect(once).toBeGreaterThan(0);
  for (let i = 0; i < 5; i++) makeRoom(list);
  expect(times()).toBe(once);
  expect(list).toHaveLength(2048);
});

test("a list that grew on gets room again, and another one of that length its own", () => {
  const { list, times } = counting(2048);
  makeRoom(list);
  const once = times();
  for (let i = 0; i < 2048; i++) Reflect.set(list, 2048 + i, 0);
  makeRoom(list);
  expect(times()).toBe(2 * once);
  const other = counting(2048);
  makeRoom(other.list);
  expect(other.times()).toBe(once);
});

test("a full map takes other values, and no other keys", () => {
  // Filling one would take ten seconds.
  const map: IncMap = Object.defineProperty(new Map([[0, 0]]), "size", { value: MAX_MAP });
  setIndex(map, 0, 7);
  expect(map.get(0)).toBe(7);
  expect(() => setIndex(map, -1, 7)).toThrow(`a map has at most ${MAX_MAP} entries`);
});
