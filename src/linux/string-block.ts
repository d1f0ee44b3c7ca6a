import { libc, perLibc } from "./libc.ts";

/** Where strings stand as execve takes them. It holds until the same layout is used again. */
export interface StringBlock {
  /** The address of the pointers: what a C program calls argv or envp. */
  readonly address: number;
  /** The address of the first string. */
  readonly first: number;
  /** The address of a string that is empty. */
  readonly empty: number;
}

interface Memory {
  bytes: Buffer;
  address: number;
}

const POINTER_BYTES = 8;

/** As much as nearly every argv needs. */
const COMMON_BYTES = 4096;

/**
 * Lays strings out as execve takes them: the pointers with their final NULL, then the strings, each with its NUL. Bytes
 * stay the bytes they were. The memory is used again by the next call, because a check pays for fresh memory more than for
 * all that is written into it.
 *
 * @returns A function that throws a TypeError when a string holds a NUL byte.
 */
export function stringLayout(): (strings: readonly Uint8Array[]) => StringBlock {
  const reused = perLibc(() => allocate(COMMON_BYTES));
  return (strings) => {
    const table = POINTER_BYTES * (strings.length + 1);
    const size = strings.reduce((sum, text) => sum + text.length + 1, table);
    const memory = reused();
    if (size > memory.bytes.length) Object.assign(memory, allocate(size));
    const { bytes, address } = memory;
    let at = table;
    for (const [index, text] of strings.entries()) {
      if (text.includes(0)) throw new TypeError(`string ${index} holds a NUL byte`);
      writePointer(bytes, address + at, POINTER_BYTES * index);
      bytes.set(text, at);
      at += text.length;
      bytes[at++] = 0;
    }
    writePointer(bytes, 0, table - POINTER_BYTES);
    return { address, first: address + table, empty: address + at - 1 };
  };
}

function allocate(size: number): Memory {
  const bytes = Buffer.alloc(size);
  return { bytes, address: libc().address(bytes) };
}

/** In two halves: a bigint would be made for each. Every processor that uapi.ts names is little-endian. */
function writePointer(bytes: Buffer, pointer: number, at: number): void {
  bytes.writeUInt32LE(pointer >>> 0, at);
  bytes.writeUInt32LE(Math.floor(pointer / 2 ** 32), at + 4);
}
