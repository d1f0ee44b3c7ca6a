/**
 * Node copies a startup snapshot, 2.7 MB, from the executable, where it lies in memory already, into memory of its own, and
 * V8 then reads it there, once. To touch so many pages for the first time takes a seventh of a start. What follows is the
 * part of `SnapshotDeserializer::Read<v8::StartupData>` (node_snapshotable.cc) that does so, as the compiler made it for x64:
 * get memory of this size, read so many bytes into it, give it back. The addresses of the two calls may differ.
 */
const COPIES = new RegExp(
  [
    String.raw`\x85\xff\x7e\x27`, // test edi, edi; jle: a size of 0 is a fault
    String.raw`(\xe8[^]{4}`, // call operator new[]
    String.raw`\x48\x63\x55\xec\x48\x89\xdf\x48\x89\xc6\x49\x89\xc4`, // its result is where to, and what is given back: r12
    String.raw`\xe8[^]{4})`, // call ReadArithmetic<char>
    String.raw`\x8b\x55\xec\x48\x83\xc4\x10\x4c\x89\xe0`, // mov edx, size; add rsp, 16; mov rax, r12
  ].join(""),
  "g",
);

/** In its place: give back where the bytes are, and count them as read. The reader, in rbx, has what it reads from behind that. */
const BORROWS = Buffer.concat([
  Buffer.from([0x4c, 0x8b, 0x63, 0x18]), // mov r12, [rbx + 24]: the text's begin
  Buffer.from([0x4c, 0x03, 0x63, 0x08]), // add r12, [rbx + 8]: as far as was read
  Buffer.from([0x48, 0x01, 0x7b, 0x08]), // add [rbx + 8], rdi: the size
]);
const NOP = 0x90;

/**
 * A Node that reads its snapshot where it is. Were it to end by returning from `main`, when nothing is left to wait for, it
 * would free what it has borrowed, and be aborted. The programs never do: they leave by `_exit`, without the addon by `exit`.
 *
 * @throws {Error} When there is no such part, or more than one: this is another Node than it was written for.
 */
export function borrowSnapshot(node: Buffer): Buffer {
  // On other processors the snapshot is copied, as ever.
  if (process.arch !== "x64") return node;
  const [found, ...others] = [...node.toString("latin1").matchAll(COPIES)];
  const copies = found?.[1];
  if (found === undefined || copies === undefined || others.length > 0)
    throw new Error("Node reads its snapshot otherwise than expected");
  const from = found.index + found[0].indexOf(copies);
  node.fill(NOP, from, from + copies.length);
  BORROWS.copy(node, from);
  return node;
}
