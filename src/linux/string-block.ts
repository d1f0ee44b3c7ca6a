import { libc } from "./libc.ts";

export const POINTER_BYTES = 8;

/**
 * A C argv or envp in one buffer: the pointers with their final NULL, then the strings, each with its NUL. One allocation
 * and one address are all that a call pays, however many strings there are; and bytes stay the bytes they were.
 *
 * @throws {TypeError} When a string holds a NUL byte.
 */
export function stringBlock(strings: readonly Uint8Array[]): Buffer {
  const table = POINTER_BYTES * (strings.length + 1);
  const block = Buffer.alloc(strings.reduce((size, text) => size + text.length + 1, table));
  const base = libc().address(block);
  let at = table;
  for (const [index, text] of strings.entries()) {
    if (text.includes(0)) throw new TypeError(`string ${index} holds a NUL byte`);
    block.writeBigUInt64LE(base + BigInt(at), POINTER_BYTES * index);
    block.set(text, at);
    at += text.length + 1;
  }
  return block;
}

/** @throws {TypeError} When it is empty, too: the kernel warns in its log of an empty argv. */
export function argvBlock(argv: readonly Uint8Array[]): Buffer {
  if (argv.length === 0) throw new TypeError("argv must hold at least one string");
  return stringBlock(argv);
}
