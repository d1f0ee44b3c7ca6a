import { decodeSource, type SourceText } from "../diagnostics/source.ts";
import type { AdmittedCode } from "../exec-check/exec-check.ts";

/** Admitted code that is no text. */
export class NotText extends Error {}

/**
 * The text of admitted code, for the language. The only place where admitted code is unwrapped.
 *
 * @param path What it was opened by, where it was: its imports are relative to that path's directory, as given.
 * @throws {NotText} When it is no UTF-8, or holds a NUL.
 */
export function sourceText(code: AdmittedCode, path?: Buffer): SourceText {
  const decoded = decodeSource(code.bytes);
  if (!decoded.ok) throw new NotText(`${code.name}: ${decoded.message}, at byte ${decoded.offset}`);
  return { name: code.name, text: decoded.text, directory: directoryOf(path ?? Buffer.alloc(0)) };
}

function directoryOf(path: Buffer): Buffer {
  const slash = path.lastIndexOf("/");
  return path.subarray(0, slash === 0 ? 1 : Math.max(slash, 0));
}
