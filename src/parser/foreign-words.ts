/** Words of other languages that people type here, and what they are written as. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  "`let x = …` declares a variable": ["var", "const", "local", "my", "auto", "int"],
  "`fn name(…) { … }` declares a function": ["function", "def", "func", "fun", "sub"],
  "it is written `else if`": ["elif", "elsif", "elseif"],
  'a module is brought in by `import "path"`': ["require", "include", "use", "from"],
  "`print a, b` prints": ["println", "printf", "echo", "puts", "say"],
  "a block stands in `{` and `}`": ["then", "do", "begin"],
  "nothing is written `nil`": ["null", "NULL", "None", "none", "undefined", "Nil"],
  "it is written `true`": ["True", "TRUE"],
  "it is written `false`": ["False", "FALSE"],
  "`len(x)` gives the length": ["length", "size", "count"],
  "`push(list, x)` adds an element": ["append"],
  "`read_line()` reads a line": ["input", "readline", "gets"],
};

const HINTS = new Map(Object.entries(WORDS).flatMap(([hint, words]) => words.map((word) => [word, hint])));

/** What to tell a person who typed a word of another language; undefined if it is none that is known. */
export function foreignWordHint(word: string): string | undefined {
  return HINTS.get(word);
}
