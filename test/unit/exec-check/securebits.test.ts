/** How the kernel answers when securebits are set. */
import { beforeEach, describe, expect, test } from "vitest";
import { needsCheck } from "../../support/kernel.ts";
import { scenes } from "../../support/scene.ts";
import { needs, root, unprivileged } from "../../support/users.ts";

const { play } = scenes<typeof import("./securebits.scenes.ts")>(
  new URL("./securebits.scenes.ts", import.meta.url).href,
);

const RESTRICT_FILE = 0x100;
const RESTRICT_FILE_LOCKED = 0x200;
const DENY_INTERACTIVE = 0x400;
const DENY_INTERACTIVE_LOCKED = 0x800;
const KEEP_CAPS = 0x10;
const BOTH = RESTRICT_FILE | DENY_INTERACTIVE;
const ALL = 0xf00;

/** For a call that changes nothing, the kernel asks for CAP_SETPCAP. */
const SETTERS = [
  { who: "root", user: root, capabilities: "kept", noChange: "ok" },
  { who: "root without capabilities", user: root, capabilities: "dropped", noChange: "EPERM" },
  { who: "an unprivileged user", user: unprivileged, capabilities: "kept", noChange: "EPERM" },
] as const;

describe.each(SETTERS)("$who", ({ user, capabilities, noChange }) => {
  beforeEach((context) => {
    needsCheck(context);
    needs(context, user);
  });

  const setInOrder = (...sets: number[]) => play("setInOrder", [sets, capabilities], { user });

  test("sets bits, and clears those that are not locked", async () => {
    expect(await setInOrder(RESTRICT_FILE, BOTH, DENY_INTERACTIVE, 0)).toEqual([
      ["ok", RESTRICT_FILE],
      ["ok", BOTH],
      ["ok", DENY_INTERACTIVE],
      ["ok", 0],
    ]);
  });

  test("sets bits and locks in one call", async () => {
    expect(await setInOrder(ALL)).toEqual([["ok", ALL]]);
  });

  const PAIRS = [
    { name: "RESTRICT_FILE", bit: RESTRICT_FILE, lock: RESTRICT_FILE_LOCKED },
    { name: "DENY_INTERACTIVE", bit: DENY_INTERACTIVE, lock: DENY_INTERACTIVE_LOCKED },
  ];
  describe.each(PAIRS)("$name", ({ bit, lock }) => {
    test("locked while set: cannot be cleared, nor can its lock", async () => {
      const locked = bit | lock;
      expect(await setInOrder(bit, locked, lock, bit, 0)).toEqual([
        ["ok", bit],
        ["ok", locked],
        ["EPERM", locked],
        ["EPERM", locked],
        ["EPERM", locked],
      ]);
    });

    test("locked while not set: cannot be set, nor can its lock be cleared", async () => {
      expect(await setInOrder(lock, lock | bit, bit, 0)).toEqual([
        ["ok", lock],
        ["EPERM", lock],
        ["EPERM", lock],
        ["EPERM", lock],
      ]);
    });

    test("locked: the other one can still be set and locked", async () => {
      const locked = bit | lock;
      const other = bit ^ BOTH;
      expect(await setInOrder(locked, locked | other, ALL, locked)).toEqual([
        ["ok", locked],
        ["ok", locked | other],
        ["ok", ALL],
        ["EPERM", ALL],
      ]);
    });

    test(`a call that changes nothing: ${noChange}`, async () => {
      const locked = bit | lock;
      expect(await setInOrder(0, bit, bit, locked, locked)).toEqual([
        [noChange, 0],
        ["ok", bit],
        [noChange, bit],
        ["ok", locked],
        [noChange, locked],
      ]);
    });
  });

  test(`${noChange === "ok" ? "may" : "may not"} set other bits`, async () => {
    expect(await setInOrder(KEEP_CAPS)).toEqual([noChange === "ok" ? ["ok", KEEP_CAPS] : ["EPERM", 0]]);
  });

  test("may not set bits that this kernel does not know", async () => {
    expect(await setInOrder(RESTRICT_FILE | 0x4000_0000)).toEqual([["EPERM", 0]]);
  });
});

test("a thread that was started before the bits were set lacks them", async (context) => {
  needsCheck(context);
  expect(await play("setBetweenThreads", [ALL])).toEqual({ before: 0, after: ALL });
});
