/**
 * The ways in which code is handed over: of what kind it is, and the form that it is given before. This is data; each
 * form is built in attempt/.
 */

/** What the kernel answers to the check: 0 where it would execute the file. */
export type Answer = "0" | "EACCES" | "ETXTBSY";

/**
 * What a form claims: the kernel's answer as it stands, and the one inside what is put before the command. Nothing where
 * there is no regular file: the kernel executes nothing else.
 */
export interface Claim {
  readonly is?: Answer;
  readonly inside?: Answer;
}

const PASSES: Claim = { is: "0" };
const DENIED: Claim = { is: "EACCES" };
const BUSY: Claim = { is: "ETXTBSY" };
const DENIED_INSIDE: Claim = { is: "0", inside: "EACCES" };
const NO_FILE: Claim = {};

/** A file with a name of its own. */
const NAMED_FILES = {
  executable: PASSES,
  "not-executable": DENIED,
  "symlink-to-executable": PASSES,
  "symlink-to-not-executable": DENIED,
  "noexec-mount": DENIED_INSIDE,
  "owner-lacks-x": DENIED,
  "held-for-writing": BUSY,
  landlock: DENIED_INSIDE,
};
export type NamedFile = keyof typeof NAMED_FILES;

/** A file that only an open descriptor leads to: its path is below /proc or /dev. */
const DESCRIPTOR_FILES = {
  "deleted-executable": PASSES,
  "deleted-not-executable": DENIED,
  "memfd-executable": PASSES,
  "memfd-not-executable": DENIED,
  "dev-stdin-file": DENIED,
};
export type DescriptorFile = keyof typeof DESCRIPTOR_FILES;

/** A path that opens to something other than a regular file. */
const STREAMS = {
  "dev-stdin-pipe": NO_FILE,
  "proc-fd-pipe": NO_FILE,
  "dev-fd-pipe": NO_FILE,
  fifo: NO_FILE,
  "dev-stdin-terminal": NO_FILE,
};
export type Stream = keyof typeof STREAMS;

/** A file with a name of its own that is run where somebody sits. */
const ATTENDED = { "not-executable-at-a-terminal": DENIED };
export type Attended = keyof typeof ATTENDED;

/** What standard input is. */
const STANDARD_INPUT = {
  executable: PASSES,
  "not-executable": DENIED,
  "noexec-mount": DENIED_INSIDE,
  offset: PASSES,
  "behind-a-head": PASSES,
  pipe: NO_FILE,
  socket: NO_FILE,
};
export type StandardInput = keyof typeof STANDARD_INPUT;

/** The forms in which each kind can be asked for. attempt/forms.ts does not compile unless it builds every one. */
export interface FormsOf {
  readonly script: NamedFile | DescriptorFile | Stream | Attended;
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

/** What each form claims, whatever the kind. The kernel is asked whether it is so before a case is judged. */
export const CLAIMS: Readonly<Record<Way["form"], Claim>> = {
  ...NAMED_FILES,
  ...DESCRIPTOR_FILES,
  ...STREAMS,
  ...ATTENDED,
  ...STANDARD_INPUT,
  "again-through-noexec": DENIED_INSIDE,
  terminal: NO_FILE,
  text: NO_FILE,
};

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
