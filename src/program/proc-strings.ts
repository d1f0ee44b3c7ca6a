import { readFileSync } from "node:fs";
import type { Message } from "./message.ts";

/**
 * The strings of /proc/self/cmdline or /proc/self/environ, as the bytes that the kernel got them as; undefined where that
 * cannot be read. See proc(5).
 */
export function procStrings(name: "cmdline" | "environ"): Buffer[] | undefined {
  let block: Buffer;
  try {
    block = readFileSync(`/proc/self/${name}`);
  } catch {
    return undefined;
  }
  const strings: Buffer[] = [];
  for (let at = 0; at < block.length; ) {
    const end = block.indexOf(0, at);
    strings.push(block.subarray(at, end === -1 ? block.length : end));
    at = (end === -1 ? block.length : end) + 1;
  }
  return strings;
}

/** What was given is not text, and without /proc its bytes cannot be known. */
export class BytesUnknown extends Error {
  override readonly name = "BytesUnknown";
  declare readonly message: Message;

  constructor(message: Message) {
    super(message);
  }
}
