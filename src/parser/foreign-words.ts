/** Hints, each with the words of other languages that it is for. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  "`let x = …` declares a variable": ["var", "const", "local", "my", "auto", "int"],
  "`fn name(…) { … }` declares a function": ["function", "def", "func", "fun", "sub"],
  "it is written `else if`": ["elif", "elsif", "elseif"],
  '`import "path"` loads a module': ["require", "include", "use", "from"],
  "`print a, b` prints": ["println", "printf", "echo", "puts", "say"],
  "a block is written in `{` and `}`": ["then", "do", "begin"],
  "the value for nothing is `nil`": ["null", "NULL", "None", "none", "undefined", "Nil"],
  "it is written `true`": ["True", "TRUE"],
  "it is written `false`": ["False", "FALSE"],
  "`len(x)` gives the length": ["length", "size", "count"],
  "`push(list, x)` adds an element": ["append"],
  "`read_line()` reads a line": ["input", "readline", "gets"],
};

const HINTS = new Map(Object.entries(WORDS).flatMap(([hint, words]) => words.map((word) => [word, hint])));

/** A hint for a word of another language; undefined for other words. */
export function foreignWordHint(word: string): string | undefined {
  return HINTS.get(word);
}
