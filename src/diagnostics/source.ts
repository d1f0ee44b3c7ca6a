/** A text that passed for code, and where it came from. */
export interface SourceText {
  /** What messages call it: a path as it was given, or `<eval>` and the like. Escaped when shown. */
  readonly name: string;
  readonly text: string;
  /** Where its imports start from. The language never looks at it: it goes back to the module loader. */
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
 * Bytes to text: strict UTF-8, NUL refused.
 * @returns the text, or the offset in bytes of what is wrong, with a message.
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
    // The decoder does not say where: halve. A cut inside a character is fine for a streaming decoder.
    let good = 0;
    let bad = bytes.length;
    while (good < bad) {
      const middle = (good + bad + 1) >> 1;
      if (decodes(bytes.subarray(0, middle), true)) good = middle;
      else bad = middle - 1;
    }
    // What begins a character that then is none belongs to what is wrong.
    while (!decodes(bytes.subarray(0, good), false)) good--;
    return good;
  }
}

/** @param stream whether the text may end inside a character */
function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
