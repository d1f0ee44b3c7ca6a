/** Every sentence that inc says. What is said about a script's text is the language's, and the library words refusals. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../diagnostics/render-diagnostic.ts";
import {
  type AdmissionError,
  causeWording,
  type Examination,
  type ExecBit,
  errnoText,
  type KernelError,
  type Mode,
  modeOf,
  printable,
  type Support,
  securebitNames,
} from "../exec-check/exec-check.ts";
import { type Message, message } from "../program/message.ts";
import { version } from "../program/messages.ts";
import type { Complaint } from "./command-line.ts";
import type { Explanation } from "./explain.ts";

const USAGE = `usage: inc [options] [script [args…]]
       inc [options] -c code [args…]
       inc [options] -i [args…]
`;

export const HELP: Message = message(`${USAGE}
Interprets a script, as far as the system lets it: what the kernel would not execute is refused where the process's
securebits say so.

  script         a file; without one, or as -, standard input: a script, or on a terminal the prompt
  -c code        the code itself
  -i             the script comes from standard input, and all arguments are its own
  -n, --check    report syntax errors, run nothing
  --ast          print the syntax tree, run nothing
  --explain      make the kernel's check of each source, say what would be decided, read and run nothing;
                 status 1 if anything would be refused
  --status       kernel support, securebits and mode
  --help         print this
  --version      print the version

INC_STARTUP      a file that is run before the prompt, in its scope
INC_INIT         code that is run before anything else

Exit status: 0; 1 for an error in the script, a refusal, or a script that cannot be read; 2 for wrong usage; or what the
script says with exit.
`);

export const INC_VERSION: Message = version("inc");

export function complaint(about: Complaint): Message {
  return message(`inc: ${complaintText(about)}\n${USAGE}`);
}

function complaintText(about: Complaint): string {
  switch (about.is) {
    case "unknown option":
      return `unknown option ${printable(about.option)}`;
    case "no code":
      return "-c needs the code as its argument";
    case "options exclude each other":
      return `${about.options.join(" and ")} exclude each other: give one of them`;
  }
}

/** A refusal, or a source that cannot be read. */
export function notAdmitted({ message: what, hint }: AdmissionError): Message {
  return message(`inc: ${what}\n${hint === undefined ? "" : `hint: ${hint}\n`}`);
}

export function kernelRefused(error: KernelError): Message {
  return message(`inc: ${error.message}\n`);
}

/** @param what A message without the program's name before it. */
export function failed(what: Message): Message {
  return message(`inc: ${what}\n`);
}

/** Admitted code that is not text. */
export function notText(name: string, problem: string, offset: number): Message {
  return message(`${name}: ${problem}, at byte ${offset}`);
}

/** A data file, for the script that wanted it. */
export function cannotRead(path: string, errno: number): Message {
  return message(`cannot read ${printable(path)}: ${errnoText(errno)}`);
}

/** An error in a script. */
export function scriptError(problem: Diagnostic): Message {
  return message(renderDiagnostic(problem));
}

/** What a run says behind the first of many errors. */
export function moreErrors(count: number): Message {
  return message(`inc: and ${count} more: --check shows them\n`);
}

/** The prompt, before the first line of what is typed and before the lines that continue it. */
export const PROMPT: Message = message("inc> ");
export const CONTINUED: Message = message("...> ");

/** Control-C dropped the line that was being typed. */
export const DROPPED: Message = message("^C");

/** Control-C stopped what ran. */
export const INTERRUPTED: Message = message("interrupted\n");

/** Control-D ended the session: what the shell shows next begins a line. */
export const LEFT: Message = message("\n");

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  1: "nothing is refused",
  2: "script files must be executable",
  3: "snippets and commands on standard input are refused",
  4: "executable script files only",
};

/** What `--status` prints. */
export function status(kernelRelease: string, support: Support, securebits: number, always: number): Message {
  const names = securebitNames(securebits);
  const mode = modeOf(securebits | always);
  const lines = [
    `kernel      Linux ${kernelRelease}: ${supportText(support)}`,
    `securebits  0x${securebits.toString(16)}${names.map((name) => ` ${name}`).join("")}`,
    ...(always === 0 ? [] : [`this build  always obeys ${securebitNames(always).join(" and ")}`]),
    `mode        ${mode}: ${MODE_WORDS[mode]}`,
  ];
  return message(`${lines.join("\n")}\n`);
}

function supportText(support: Support): string {
  switch (support.supported) {
    case true:
      return "knows AT_EXECVE_CHECK";
    case false:
      return "does not know AT_EXECVE_CHECK (Linux 6.14 or later does)";
    case "unknown":
      return `answers the probe with ${errnoText(support.errno)}: a filter hides whether it knows AT_EXECVE_CHECK`;
  }
}

/** What `--explain` prints. */
export function explanations(all: readonly Explanation[]): Message {
  return message(
    all.map((each) => (each instanceof Error ? notAdmitted(each) : examinationText(each))).join(""),
  );
}

function examinationText(of: Examination): string {
  const lines = [`${of.name}: ${of.source}${of.kind === undefined ? "" : `, a ${of.kind}`}`];
  lines.push(
    `  check     ${of.check === "nothing" ? "none: there is no file" : of.check === 0 ? "passed" : errnoText(of.check)}`,
  );
  if (of.cause !== undefined) lines.push(`  because   ${causeWording(of.cause, of)}`);
  lines.push(`  decision  ${of.decision.run ? "run" : `refuse, under ${bitsText(of.decision.because)}`}`);
  return `${lines.join("\n")}\n`;
}

function bitsText(bits: readonly ExecBit[]): string {
  return bits.join(" and ");
}
