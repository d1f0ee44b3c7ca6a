/** What the page calls things. A verdict is told by its word and its sign first, by its colour second. */
import type { Verdict } from "../../findings/verdict.ts";
import type { Requirement } from "../../requirements/requirements.ts";

export const WORDS: Readonly<Record<Verdict, string>> = {
  holds: "holds",
  broken: "broken",
  skipped: "skipped",
  "not offered": "not offered",
  noted: "noted",
};

const SIGNS: Readonly<Record<Verdict, string>> = {
  holds: "✓",
  broken: "✗",
  skipped: "○",
  "not offered": "–",
  noted: "?",
};

const GROUPS: Readonly<Record<string, string>> = {
  file: "A script's path",
  stream: "A path that is no regular file",
  stdin: "Standard input",
  snippet: "Code as an argument",
  environment: "Code in the environment",
  startup: "Startup files",
  module: "Modules",
  option: "Files that an option names",
  compiled: "Compiled code",
  native: "Native extensions",
  shebang: "Direct execution",
  locked: "With the bits locked",
  check: "The check itself, by tracing",
  securebits: "The securebits, by tracing",
  fault: "When the kernel's answers fail",
  race: "Races",
};

/** The heading beneath which a requirement stands. */
export function groupOf({ id }: Requirement): string {
  const first = id.split(".", 1)[0] as string;
  return GROUPS[first] ?? first;
}

/** What stands inside a verdict's label. */
export function label(verdict: Verdict): string {
  return `<span aria-hidden="true">${SIGNS[verdict]}</span> ${WORDS[verdict]}`;
}

export function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** Where the evidence of one cell stands on the page. */
export function anchor(id: string, name: string): string {
  return `${id}--${name}`;
}
