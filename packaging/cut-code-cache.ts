/** node_sea.cc: the blob begins with this number, little-endian. */
const SEA_MAGIC = 0x0143da20;
const SEA_NOTE = "NODE_SEA_BLOB\0";
const NOTE_ALIGNMENT = 4;

/** node_snapshotable.cc: bytecode of Node's own modules, several hundred of them, at the end of every snapshot. */
const FEWEST_ENTRIES = 50;
const LONGEST_NAME = 100;

/**
 * Takes Node's own table of compiled code out of an executable's startup snapshot: 3.6 MB that Node copies at every start,
 * and that serve only those of its modules that are loaded later. What the program needs of these is in the snapshot itself;
 * what a rare path loads is compiled then. The table's count becomes 0, and no other byte changes.
 *
 * @throws {Error} When the table is not where it is expected.
 */
export function cutCodeCache(executable: Buffer): Buffer {
  const snapshot = snapshotIn(executable);
  for (let at = 8; at + 8 < snapshot.length; at++) {
    // A length of eight bytes and a name: the first that begins a list of the length that stands before it.
    const length = snapshot[at] as number;
    if (length === 0 || length > LONGEST_NAME || snapshot.readUIntLE(at + 1, 6) !== 0) continue;
    const entries = entriesFrom(snapshot, at);
    if (entries < FEWEST_ENTRIES || snapshot.readBigUInt64LE(at - 8) !== BigInt(entries)) continue;
    snapshot.writeBigUInt64LE(0n, at - 8);
    return executable;
  }
  throw new Error("the snapshot has no code cache where one is expected");
}

function snapshotIn(executable: Buffer): Buffer {
  const name = executable.lastIndexOf(SEA_NOTE);
  const blob = Math.ceil((name + SEA_NOTE.length) / NOTE_ALIGNMENT) * NOTE_ALIGNMENT;
  if (name < 0 || executable.readUInt32LE(blob) !== SEA_MAGIC) throw new Error("no blob of a SEA");
  // Magic, flags, one byte for the extension of execArgv; then the path of the code, and the snapshot.
  const path = sized(executable, blob + 4 + 4 + 1);
  return sized(executable, path.byteOffset - executable.byteOffset + path.length);
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
