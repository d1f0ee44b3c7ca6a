/** Names and modes of the securebits. */
import { describe, expect, test } from "vitest";
import {
  modeOf,
  securebitNames,
  securebitsFromNames,
  securebitsOfMode,
} from "../../../src/exec-check/exec-check.ts";

/** From include/uapi/linux/securebits.h. */
const HEADER = [
  ["SECBIT_NOROOT", 0x1],
  ["SECBIT_NOROOT_LOCKED", 0x2],
  ["SECBIT_NO_SETUID_FIXUP", 0x4],
  ["SECBIT_NO_SETUID_FIXUP_LOCKED", 0x8],
  ["SECBIT_KEEP_CAPS", 0x10],
  ["SECBIT_KEEP_CAPS_LOCKED", 0x20],
  ["SECBIT_NO_CAP_AMBIENT_RAISE", 0x40],
  ["SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED", 0x80],
  ["SECBIT_EXEC_RESTRICT_FILE", 0x100],
  ["SECBIT_EXEC_RESTRICT_FILE_LOCKED", 0x200],
  ["SECBIT_EXEC_DENY_INTERACTIVE", 0x400],
  ["SECBIT_EXEC_DENY_INTERACTIVE_LOCKED", 0x800],
] as const;

describe("names", () => {
  test.each(HEADER)("%s is 0x%x", (name, bit) => {
    expect(securebitNames(bit)).toEqual([name]);
    expect(securebitsFromNames([name])).toBe(bit);
  });

  test("of all bits, lowest first, and back", () => {
    const names = HEADER.map(([name]) => name);
    expect(securebitNames(0xfff)).toEqual(names);
    expect(securebitsFromNames([...names].reverse())).toBe(0xfff);
  });

  test("of none", () => {
    expect(securebitNames(0)).toEqual([]);
    expect(securebitsFromNames([])).toBe(0);
  });

  test("of a bit that has none: its number", () => {
    expect(securebitNames(0x8000_1000)).toEqual(["1 << 12", "1 << 31"]);
  });

  test.each(["SECBIT_NO_SUCH", "secbit_noroot", "SECBIT_NOROOT ", "AT_EXECVE_CHECK", "toString", ""])(
    "%j is none",
    (name) => {
      const message = `no securebit is called ${name}`;
      expect(() => securebitsFromNames(["SECBIT_NOROOT", name])).toThrow(new RangeError(message));
    },
  );
});

describe("modes", () => {
  // biome-ignore format: one row a mode.
  const MODES = [
    [1, 0x000],
    [2, 0x100],
    [3, 0x400],
    [4, 0x500],
  ] as const;

  test.each(MODES)("%i is 0x%x, and back, whatever other bits there are", (mode, bits) => {
    expect(securebitsOfMode(mode)).toBe(bits);
    for (const noise of [0, 0x0ff, 0xa00, 0xaff, 0x1000, ~0x500]) expect(modeOf(bits | noise)).toBe(mode);
  });
});
