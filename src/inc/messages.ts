/** Every sentence of inc that is not about a script's text, in one place: usage, refusals, status, explanations. */
import {
  type AdmissionError,
  causeWording,
  type Examination,
  type ExecBit,
  errnoText,
  type Mode,
  modeOf,
  printable,
  type Support,
  securebitNames,
} from "../exec-check/exec-check.ts";
import type { Complaint } from "./command-line.ts";
import type { Explanation } from "./explain.ts";

export const USAGE = `usage: inc [options] [script [args…]]
       inc [options] -c code [args…]
       inc [options] -i [args…]
`;

export const HELP = `${USAGE}
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
`;

export function complaint(about: Complaint): string {
  return `inc: ${complaintText(about)}\n${USAGE}`;
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
export function notAdmitted({ message, hint }: AdmissionError): string {
  return `inc: ${message}\n${hint === undefined ? "" : `hint: ${hint}\n`}`;
}

export function failed(reason: string): string {
  return `inc: ${reason}\n`;
}

/** What a run says behind the first of many errors. */
export function moreErrors(count: number): string {
  return failed(`and ${count} more: --check shows them`);
}

/** At the prompt, Ctrl-C stopped what ran. */
export const INTERRUPTED = "interrupted\n";

/** Standard output takes no more: a full disk, and the like. */
export function outputFailed(error: NodeJS.ErrnoException): string {
  return failed(
    `cannot write to standard output: ${error.errno === undefined ? error.message : errnoText(-error.errno)}`,
  );
}

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  1: "nothing is refused",
  2: "script files must be executable",
  3: "snippets and commands on standard input are refused",
  4: "executable script files only",
};

/** What `--status` prints. */
export function status(kernelRelease: string, support: Support, securebits: number, always: number): string {
  const names = securebitNames(securebits);
  const mode = modeOf(securebits | always);
  return [
    `kernel      Linux ${kernelRelease}: ${supportText(support)}`,
    `securebits  0x${securebits.toString(16)}${names.map((name) => ` ${name}`).join("")}`,
    ...(always === 0 ? [] : [`this build  always obeys ${securebitNames(always).join(" and ")}`]),
    `mode        ${mode}: ${MODE_WORDS[mode]}`,
    "",
  ].join("\n");
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

/** What `--explain` prints of one source. */
export function explanation(of: Explanation): string {
  return of instanceof Error ? notAdmitted(of) : examinationText(of);
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
