/**
 * The columns that a text takes on a terminal which joins emoji as Unicode says: a family, a flag, or a hand with a skin
 * tone is one picture of two columns. On a terminal that shows their parts instead, carets behind them are off.
 */
export function terminalWidth(text: string): number {
  let columns = 0;
  let previous = "";
  let isJoined = false;
  for (const character of text) {
    columns += isJoined && PICTURE.test(character) ? 0 : characterWidth(character, previous);
    isJoined = character === "\u200d" && PICTURE.test(previous);
    if (!isMark(character)) previous = character;
  }
  return columns;
}

const PICTURE = /^\p{Extended_Pictographic}$/u;

function isMark(character: string): boolean {
  return character >= "\u0300" && /^(?:\p{Mn}|\p{Me}|\u200d|[\u{1f3fb}-\u{1f3ff}])$/u.test(character);
}

function characterWidth(character: string, previous: string): number {
  const point = character.codePointAt(0) as number;
  if (point < 0x300) return 1;
  // Makes a picture of a character that is a narrow sign by itself: ❤ and ❤️.
  if (point === 0xfe0f) return /^\p{Emoji}$/u.test(previous) && characterWidth(previous, "") === 1 ? 1 : 0;
  if (point >= 0x1f3fb && point <= 0x1f3ff) return /^\p{Emoji_Modifier_Base}$/u.test(previous) ? 0 : 2;
  if (isMark(character) || isJamoOfSyllable(point)) return 0;
  // A flag is two of these.
  if (point >= 0x1f1e6 && point <= 0x1f1ff) return 1;
  return isWide(point) || /^\p{Emoji_Presentation}$/u.test(character) ? 2 : 1;
}

/** Vowels and finals of Hangul, which share the square of the consonant before them. */
function isJamoOfSyllable(point: number): boolean {
  return (point >= 0x1160 && point <= 0x11ff) || (point >= 0xd7b0 && point <= 0xd7ff);
}

/** Whether a character is in a block that Unicode's property East Asian Width calls wide or full-width. */
function isWide(point: number): boolean {
  return (
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2329 && point <= 0x232a) ||
    (point >= 0x2e80 && point <= 0x303e) ||
    (point >= 0x3041 && point <= 0xa4cf) ||
    (point >= 0xa960 && point <= 0xa97f) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x16fe0 && point <= 0x18cff) ||
    (point >= 0x1aff0 && point <= 0x1b2ff) ||
    (point >= 0x1f200 && point <= 0x1f265) ||
    (point >= 0x20000 && point <= 0x3fffd)
  );
}
