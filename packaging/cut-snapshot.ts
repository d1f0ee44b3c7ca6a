/** node_sea.cc: the blob begins with this number, little-endian. */
const SEA_MAGIC = 0x0143da20;
const SEA_NOTE = "NODE_SEA_BLOB\0";
const NOTE_ALIGNMENT = 4;

/** node_snapshotable.cc: bytecode of Node's own modules, several hundred of them, at the end of every snapshot. */
const FEWEST_ENTRIES = 50;
const LONGEST_NAME = 100;

/** snapshot.cc of V8: what stands before its version in a snapshot, and what behind. */
const BEFORE_VERSION = 16;
const VERSION_LENGTH = 64;
/** Two offsets, of what is read-only and what is shared, stand before those of the contexts. */
const CONTEXT_OFFSETS = VERSION_LENGTH + 2 * 4;
/** The default one, one for `vm`, one for workers; and Node's own, which alone is used here. */
const CONTEXTS = 4;

/**
 * Takes out of an executable's startup snapshot what this program never uses, and Node reads or copies at every start.
 *
 * @throws {Error} When the snapshot is not laid out as that of the Node this was written for.
 */
export function cutSnapshot(executable: Buffer): Buffer {
  const snapshot = snapshotIn(executable);
  cutCodeCache(snapshot);
  cutContexts(snapshot);
  return executable;
}

/**
 * The code cache, 3.6 MB, serves only built-in modules that are loaded later. What the program needs of these is in the
 * snapshot itself; what a rare path loads is compiled then. The list's count becomes 0: nothing is moved, and its bytes are
 * never read.
 */
function cutCodeCache(snapshot: Buffer): void {
  for (let at = 8; at + 8 < snapshot.length; at++) {
    // A length of eight bytes and a name: the first that begins a list of the length that stands before it.
    const length = snapshot[at] as number;
    if (length === 0 || length > LONGEST_NAME || snapshot.readUIntLE(at + 1, 6) !== 0) continue;
    const entries = entriesFrom(snapshot, at);
    if (entries < FEWEST_ENTRIES || snapshot.readBigUInt64LE(at - 8) !== BigInt(entries)) continue;
    snapshot.writeBigUInt64LE(0n, at - 8);
    return;
  }
  throw new Error("the snapshot has no code cache where one is expected");
}

/**
 * The contexts that nothing here makes use of: neither `vm` nor workers are within reach. What follows them moves up; the
 * bytes that are then free at the end are never read.
 */
function cutContexts(snapshot: Buffer): void {
  const version = snapshot.indexOf(process.versions.v8);
  const v8 = version - BEFORE_VERSION;
  const size = snapshot.readUInt32LE(v8 - 4);
  const offsetAt = (context: number) => version + CONTEXT_OFFSETS + 4 * context;
  const offsets = Array.from({ length: CONTEXTS }, (_, context) => snapshot.readUInt32LE(offsetAt(context)));
  const [first, last] = [offsets[0] as number, offsets.at(-1) as number];
  const ascend = [0, ...offsets, size].every(
    (offset, at, all) => at === 0 || offset > (all[at - 1] as number),
  );
  if (snapshot.readUInt32LE(v8) !== CONTEXTS || !ascend || v8 + size > snapshot.length)
    throw new Error("the snapshot has not the contexts that are expected");
  snapshot.copyWithin(v8 + first, v8 + last);
  snapshot.fill(0, snapshot.length - (last - first));
  for (let context = 0; context < CONTEXTS; context++) snapshot.writeUInt32LE(first, offsetAt(context));
  snapshot.writeUInt32LE(size - (last - first), v8 - 4);
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
