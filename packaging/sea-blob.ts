/** An ELF note: the length of its name, the length of its content, a type, the name, the content. Each is aligned to 4 bytes. */
const NAME = Buffer.from("NODE_SEA_BLOB\0");
const BEFORE_NAME = 12;
const CONTENT_LENGTH = 8;
const ALIGNMENT = 4;

/** node_sea.cc: the blob begins with this number, little-endian. */
const MAGIC = 0x0143da20;

/**
 * What an executable of Node's carries: its program, assets and options. A view, not a copy.
 *
 * @throws {Error} When it carries nothing.
 */
export function seaBlob(executable: Buffer): Buffer {
  const name = executable.lastIndexOf(NAME);
  const start = Math.ceil((name + NAME.length) / ALIGNMENT) * ALIGNMENT;
  if (name < BEFORE_NAME || start + 4 > executable.length || executable.readUInt32LE(start) !== MAGIC)
    throw new Error("not an executable that carries a program");
  return executable.subarray(start, start + executable.readUInt32LE(name - CONTENT_LENGTH));
}
