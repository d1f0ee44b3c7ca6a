/** ELF64, little-endian: see elf(5). Offsets in the file header and in a section header. */
const HEADER = { shoff: 40, shentsize: 58, shnum: 60, shstrndx: 62 };
const SECTION = { bytes: 64, type: 4, flags: 8, offset: 24, size: 32 };
const SHF_ALLOC = 2n;
const SHT_NOBITS = 8;

/**
 * An ELF file without the sections that are not loaded (symbols, strings, notes for tools): what strip(1) does, so that
 * nothing but npm is needed to build. The loaded sections keep their places and numbers.
 *
 * @throws {Error} When the sections do not lie as linkers lay them: the loaded ones first.
 */
export function stripElf(file: Buffer): Buffer {
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    throw new Error("not an ELF64 file, little-endian");
  const table = Number(file.readBigUInt64LE(HEADER.shoff));
  const sections = Array.from({ length: file.readUInt16LE(HEADER.shnum) }, (_, index) => {
    const header = Buffer.from(
      file.subarray(table + index * SECTION.bytes, table + (index + 1) * SECTION.bytes),
    );
    return {
      header,
      isLoaded: index === 0 || (header.readBigUInt64LE(SECTION.flags) & SHF_ALLOC) !== 0n,
      start: Number(header.readBigUInt64LE(SECTION.offset)),
      bytes:
        header.readUInt32LE(SECTION.type) === SHT_NOBITS ? 0 : Number(header.readBigUInt64LE(SECTION.size)),
    };
  });
  const loaded = sections.filter(({ isLoaded }) => isLoaded);
  const names = sections[file.readUInt16LE(HEADER.shstrndx)];
  if (names === undefined || sections.slice(0, loaded.length).some(({ isLoaded }) => !isLoaded)) {
    throw new Error("the sections do not lie as expected");
  }
  const end = Math.max(...loaded.map(({ start, bytes }) => start + bytes));
  const body = Buffer.from(file.subarray(0, end));
  const nameBytes = file.subarray(names.start, names.start + names.bytes);
  names.header.writeBigUInt64LE(BigInt(end), SECTION.offset);
  const padding = Buffer.alloc((8 - ((end + nameBytes.length) % 8)) % 8);
  body.writeBigUInt64LE(BigInt(end + nameBytes.length + padding.length), HEADER.shoff);
  body.writeUInt16LE(loaded.length + 1, HEADER.shnum);
  body.writeUInt16LE(loaded.length, HEADER.shstrndx);
  return Buffer.concat([body, nameBytes, padding, ...loaded.map(({ header }) => header), names.header]);
}
