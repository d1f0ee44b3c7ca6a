import { BytesUnknown, procStrings } from "./proc-strings.ts";

/**
 * The program's own arguments as the bytes they were given as. Node decodes process.argv as UTF-8 and destroys what is
 * none; the kernel keeps the original. Its last strings are ours, behind node, its options and the script; how many, Node
 * knows.
 *
 * @throws {BytesUnknown} Without /proc when an argument is not plain text.
 */
export function programArguments(): Buffer[] {
  const texts = process.argv.slice(2);
  if (texts.length === 0) return [];
  const bytes = procStrings("cmdline");
  if (bytes !== undefined) return bytes.slice(-texts.length);
  if (texts.some((text) => text.includes("\ufffd"))) {
    throw new BytesUnknown(
      "an argument is no UTF-8, and without /proc its bytes cannot be known: mount /proc",
    );
  }
  return texts.map((text) => Buffer.from(text));
}
