import { seaBlob } from "./sea-blob.ts";

/** node_snapshotable.cc: bytecode of Node's own modules, several hundred of them, at the end of every snapshot. */
const FEWEST_ENTRIES = 50;
const LONGEST_NAME = 100;

/** Node's table of compiled code in an executable's snapshot: where it is counted, and how many entries follow. */
export interface CodeCacheTable {
  /** The offset of the count, eight bytes, in the executable. */
  readonly countAt: number;
  readonly entries: number;
}

/**
 * Finds the table, whatever its count says. With a count of 0, Node reads none of the entries: what the program needs of
 * these modules is in the snapshot itself, and what a rare path loads is compiled then.
 *
 * @throws {Error} When there is no such table at the end of the snapshot.
 */
export function codeCacheTable(executable: Buffer): CodeCacheTable {
  const snapshot = snapshotIn(executable);
  for (let at = 8; at + 8 < snapshot.length; at++) {
    // An entry begins with the length of its name, in eight bytes.
    const length = snapshot[at] as number;
    if (length === 0 || length > LONGEST_NAME || snapshot.readUIntLE(at + 1, 6) !== 0) continue;
    const entries = entriesFrom(snapshot, at);
    if (entries >= FEWEST_ENTRIES)
      return { countAt: snapshot.byteOffset - executable.byteOffset + at - 8, entries };
  }
  throw new Error("the snapshot has no table of compiled code where one is expected");
}

/** Behind the blob's magic, flags and one byte for the extension of execArgv stand the path of the code, and the snapshot. */
function snapshotIn(executable: Buffer): Buffer {
  const blob = seaBlob(executable);
  const path = sized(blob, 4 + 4 + 1);
  return sized(blob, path.byteOffset - blob.byteOffset + path.length);
}

/** How many entries follow, each a name and bytes, if they end where the snapshot does; otherwise 0. */
function entriesFrom(snapshot: Buffer, start: number): number {
  let count = 0;
  for (let at = start; at !== snapshot.length; count++) {
    const name = sizedOrNone(snapshot, at);
    if (name === undefined || name.length > LONGEST_NAME || !/^[\w/.-]+$/.test(name.toString("latin1")))
      return 0;
    const bytes = sizedOrNone(snapshot, at + 8 + name.length);
    if (bytes === undefined) return 0;
    at += 8 + name.length + 8 + bytes.length;
  }
  return count;
}

function sized(buffer: Buffer, at: number): Buffer {
  const found = sizedOrNone(buffer, at);
  if (found === undefined) throw new Error("the blob of the SEA is not laid out as expected");
  return found;
}

function sizedOrNone(buffer: Buffer, at: number): Buffer | undefined {
  if (at + 8 > buffer.length) return undefined;
  const length = buffer.readBigUInt64LE(at);
  return length <= BigInt(buffer.length - at - 8)
    ? buffer.subarray(at + 8, at + 8 + Number(length))
    : undefined;
}
