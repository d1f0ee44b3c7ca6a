/** What execve would find at the address of a layout, read from the memory itself. */
import koffi from "koffi";
import { expect, test } from "vitest";
import { type StringBlock, stringLayout } from "../../../src/linux/string-block.ts";

/** As C reads an argv: pointers to a NULL, each to bytes up to a NUL. */
function read({ address }: StringBlock): string[] {
  const strings: string[] = [];
  for (let at = address; ; at += 8) {
    const pointer = koffi.decode(BigInt(at), "uint64_t") as number | bigint;
    if (Number(pointer) === 0) return strings;
    strings.push(stringAt(Number(pointer)));
  }
}

function stringAt(address: number): string {
  const bytes: number[] = [];
  for (let at = address; ; at++) {
    const byte = koffi.decode(BigInt(at), "uint8_t") as number;
    if (byte === 0) return Buffer.from(bytes).toString("latin1");
    bytes.push(byte);
  }
}

const latin1 = (...texts: string[]) => texts.map((text) => Buffer.from(text, "latin1"));

test.each([
  [[]],
  [[""]],
  [["/a/path"]],
  [["/a/path", "", "caf\xe9", "\xff"]],
  [["x".repeat(4096)]],
  [Array.from({ length: 1000 }, (_, number) => `argument ${number}`)],
])("strings stand there byte for byte", (texts) => {
  const block = stringLayout()(latin1(...texts));
  expect(read(block)).toEqual(texts);
  expect(stringAt(block.empty)).toBe("");
  if (texts.length > 0) expect(stringAt(block.first)).toBe(texts[0]);
});

test("the next strings leave nothing of those before, longer or shorter", () => {
  const layOut = stringLayout();
  for (const texts of [["a", "b", "c"], ["x".repeat(10_000), "y"], ["d"], [""], ["efghij", "k"]])
    expect(read(layOut(latin1(...texts)))).toEqual(texts);
});

test("two layouts do not share their memory", () => {
  const [first, second] = [stringLayout(), stringLayout()];
  const argv = first(latin1("argv"));
  const environment = second(latin1("NAME=value"));
  expect([read(argv), read(environment)]).toEqual([["argv"], ["NAME=value"]]);
});

test("a NUL cannot be passed on", () => {
  expect(() => stringLayout()(latin1("a", "b\0c"))).toThrow("string 1 holds a NUL byte");
});
