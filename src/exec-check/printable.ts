/** What a terminal or a reader could take for something else: controls, line separators, bidirectional overrides. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };

/** What most names are made of: looked for first, because the others take a millisecond to compile. */
const PLAIN = /^[ -~]*$/;

/**
 * A name as a message may show it: whatever does not print is escaped, and so is each byte that is not UTF-8 (`\xe9`).
 */
export function printable(name: string | Uint8Array): string {
  if (typeof name !== "string") return decode(name);
  if (PLAIN.test(name)) return name;
  return name.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) as number;
    return SHORT[character] ?? (code < 0x80 ? hex(code) : `\\u{${code.toString(16)}}`);
  });
}

/** One character of well-formed UTF-8, seen as Latin-1 (Unicode Standard, table 3-7). */
const WELL_FORMED =
  /[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|(.)/gs;

function decode(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  if (PLAIN.test(text)) return text;
  return text.replace(WELL_FORMED, (character, stray: string | undefined) =>
    stray === undefined ? printable(Buffer.from(character, "latin1").toString()) : hex(stray.charCodeAt(0)),
  );
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}
