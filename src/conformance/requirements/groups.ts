/** The headings under which requirements stand, and the first word of every id. */
export const GROUPS = {
  file: "A script's path",
  stream: "A path that is not a regular file",
  stdin: "Standard input",
  snippet: "Code as an argument",
  environment: "Code in the environment",
  startup: "Startup files",
  module: "Modules",
  option: "Files that an option names",
  "by-name": "Programs that an option finds by their name",
  compiled: "Compiled code",
  native: "Native extensions",
  shebang: "Direct execution",
  locked: "With the bits locked",
  check: "The check itself, by tracing",
  securebits: "The securebits, by tracing",
  fault: "When the kernel's answers fail",
  race: "Races",
} as const;

export type Group = keyof typeof GROUPS;
