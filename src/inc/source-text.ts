import { decodeSource, type SourceText } from "../diagnostics/source.ts";
import type { AdmittedCode } from "../exec-check/exec-check.ts";
import type { Message } from "../program/message.ts";
import { notText } from "./messages.ts";

/**
 * The text of admitted code, for the language. Nothing else in inc reads the bytes of admitted code.
 *
 * @param path What it was opened by, for code in a file: its imports are relative to that path's directory, as given.
 * @throws {NotText} Where it is not UTF-8, or holds a NUL.
 */
export function sourceText(code: AdmittedCode, path?: Uint8Array): SourceText {
  const decoded = decodeSource(code.bytes);
  if (!decoded.ok) throw new NotText(notText(code.name, decoded.message, decoded.offset));
  return { name: code.name, text: decoded.text, directory: directoryOf(path ?? new Uint8Array()) };
}

const SLASH = 47;

function directoryOf(path: Uint8Array): Uint8Array {
  const slash = path.lastIndexOf(SLASH);
  return path.subarray(0, slash === 0 ? 1 : Math.max(slash, 0));
}

/** Admitted code that is not text. */
export class NotText extends Error {
  override readonly name = "NotText";
  declare readonly message: Message;

  constructor(message: Message) {
    super(message);
  }
}
