import { ARGUMENT_UNKNOWN } from "./messages.ts";
import { BytesUnknown, procStrings } from "./proc-strings.ts";

/**
 * The program's own arguments, as the bytes they were given as. Node decodes process.argv as UTF-8, which destroys other
 * bytes; /proc/self/cmdline keeps them (proc(5)). It also names node, Node's options and the script, so only as many of
 * its last strings are taken as Node counts arguments.
 *
 * @throws {BytesUnknown} Without /proc, where an argument is not UTF-8.
 */
export function programArguments(): Buffer[] {
  const texts = process.argv.slice(2);
  if (texts.length === 0) return [];
  const bytes = procStrings("cmdline");
  if (bytes !== undefined) return bytes.slice(-texts.length);
  if (texts.some((text) => text.includes("\ufffd"))) throw new BytesUnknown(ARGUMENT_UNKNOWN);
  return texts.map((text) => Buffer.from(text));
}
