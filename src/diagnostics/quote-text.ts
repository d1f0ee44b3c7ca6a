/** The escapes of one letter, such as `\n`, each with its character. */
export const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  '"': '"',
  "\\": "\\",
};

const LETTER_OF = new Map(Object.entries(SHORT_ESCAPES).map(([letter, character]) => [character, letter]));

/** Characters that could move the cursor of a terminal, hide text, or turn the direction of what follows. */
const CONTROL = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]$/u;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A string as a literal of the language, with exactly the escapes that the lexer reads. */
export function quoteText(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += escaped(character);
  return `${quoted}"`;
}

function escaped(character: string): string {
  const letter = LETTER_OF.get(character);
  if (letter !== undefined) return `\\${letter}`;
  return CONTROL.test(character) ? numbered(character) : character;
}

function numbered(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

/** A text that is safe to show on a terminal: control characters become escapes, except for the one that joins emoji. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => (character === "\u200d" ? character : escaped(character)));
}
