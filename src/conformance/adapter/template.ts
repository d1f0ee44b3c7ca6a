/** The placeholders of an adapter's texts: `{file}` and the like. */

/** Each, with what it is replaced by. */
export const PLACEHOLDERS = {
  interpreter: "the path of the interpreter",
  file: "the path of the file that holds the code",
  folder: "the path of the folder that this file is in",
  name: "the file's name, without folders and extension",
  program: "the code itself",
  main: "the path of the executable script that `main` is the text of",
  source: "in `prepare`: the path of the text to compile",
  again: "in `again`: a second path of the file",
} as const;

export type Placeholder = keyof typeof PLACEHOLDERS;

/** What placeholders are replaced by, as far as it is known. */
export type Values = Readonly<Partial<Record<Placeholder, string>>>;

const IN_BRACES = /\{([a-z]+)\}/g;

/** Fills in what is known. Other words in braces stay as they are: many languages have braces of their own. */
export function fill(template: string, values: Values): string {
  return template.replace(IN_BRACES, (whole, name: string) => values[name as Placeholder] ?? whole);
}

/** The words in braces that are not placeholders, braces included. */
export function misspelt(template: string): string[] {
  return [...template.matchAll(IN_BRACES)]
    .filter(([, name]) => !Object.hasOwn(PLACEHOLDERS, name as string))
    .map(([whole]) => whole);
}
