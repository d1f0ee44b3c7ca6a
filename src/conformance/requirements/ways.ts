/**
 * The ways in which code is handed over: of what kind it is, and the form that it is given before. This is data; each
 * form is built in attempt/.
 */

/** A file with a name of its own. */
export type NamedFile =
  | "executable"
  | "not-executable"
  | "symlink-to-executable"
  | "symlink-to-not-executable"
  | "noexec-mount"
  | "owner-lacks-x"
  | "held-for-writing"
  | "landlock";

/** A file that only an open descriptor leads to: its path is below /proc or /dev. */
export type DescriptorFile =
  | "deleted-executable"
  | "deleted-not-executable"
  | "memfd-executable"
  | "memfd-not-executable"
  | "dev-stdin-file";

/** A path that opens to something other than a regular file. */
export type Stream = "dev-stdin-pipe" | "proc-fd-pipe" | "dev-fd-pipe" | "fifo" | "dev-stdin-terminal";

/** What standard input is. */
export type StandardInput = "executable" | "not-executable" | "noexec-mount" | "offset" | "pipe" | "socket";

/** The forms in which each kind can be asked for. attempt/forms.ts does not compile unless it builds every one. */
export interface FormsOf {
  readonly script: NamedFile | DescriptorFile | Stream;
  readonly stdin: StandardInput;
  readonly terminal: "terminal";
  readonly snippet: "text";
  readonly environment: "text";
  readonly startup: NamedFile | "fifo";
  readonly module: NamedFile | "fifo" | "again-through-noexec";
  readonly option: NamedFile | "fifo";
  readonly "by-name": NamedFile;
  readonly compiled: NamedFile;
  readonly native: NamedFile;
  readonly shebang: NamedFile;
}

export type Kind = keyof FormsOf;

/** A kind, and a form of that kind. */
export type Way<K extends Kind = Kind> = {
  [P in K]: { readonly kind: P; readonly form: FormsOf[P] };
}[K];

/** The ways in which an adapter can say that its interpreter takes code. */
export const KINDS: Readonly<Record<Kind, string>> = {
  script: "the path of a script, as an argument",
  stdin: "standard input",
  terminal: "a prompt on a terminal",
  snippet: "code as an argument",
  environment: "code in an environment variable",
  startup: "a startup file that an environment variable, an option or its place names",
  module: "a file that an executable script imports or sources",
  option: "a file of code that an option names",
  "by-name": "a file of code that an option finds by its name and runs as the program",
  compiled: "a file of compiled code",
  native: "a shared library that an executable script loads",
  shebang: "direct execution of a file that names the interpreter",
};
