/** A text that may run as code, and where it comes from. */
export interface SourceText {
  /** What messages call it: a path as it was given, `<eval>` and the like. It is escaped when shown. */
  readonly name: string;
  readonly text: string;
  /** Where its imports start from. The language only hands it to the World that loads modules. */
  readonly directory: Uint8Array;
}

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly offset: number; readonly message: string };

/** As `decodeText`, without the byte-order mark that a source may begin with. */
export function decodeSource(bytes: Uint8Array): Decoded {
  const decoded = decodeText(bytes);
  return decoded.ok && decoded.text.startsWith("\ufeff")
    ? { ok: true, text: decoded.text.slice(1) }
    : decoded;
}

/**
 * Decodes strict UTF-8 without NUL bytes.
 *
 * @returns The text, or the offset in bytes of the error, with a message.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const nul = bytes.indexOf(0);
  const invalid = firstInvalid(nul < 0 ? bytes : bytes.subarray(0, nul));
  if (invalid !== undefined) return { ok: false, offset: invalid, message: "this is not valid UTF-8" };
  if (nul >= 0) return { ok: false, offset: nul, message: "a NUL byte" };
  return { ok: true, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}

/** The offset of the first byte that does not continue valid UTF-8; undefined if there is none. */
function firstInvalid(bytes: Uint8Array): number | undefined {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    // The decoder does not tell where, so this is a binary search. It may cut inside of a character, hence `stream`.
    let good = 0;
    let bad = bytes.length;
    while (good < bad) {
      const middle = (good + bad + 1) >> 1;
      if (decodes(bytes.subarray(0, middle), true)) good = middle;
      else bad = middle - 1;
    }
    // The beginning of a character that is not completed belongs to the error.
    while (!decodes(bytes.subarray(0, good), false)) good--;
    return good;
  }
}

/** @param stream Whether the text may end inside of a character. */
function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
