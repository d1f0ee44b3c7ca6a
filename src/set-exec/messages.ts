/** Every sentence that set-exec says, in one place. Standard output only for what was asked for; the rest goes to standard error. */
import {
  errnoText,
  type KernelError,
  kernelErrorText,
  type Mode,
  printable,
  securebitNames,
} from "../exec-check/exec-check.ts";
import type { Complaint } from "./command-line.ts";

export const USAGE = "usage: set-exec [-f] [-i] [--no-lock] [--] command [args…]\n       set-exec --show\n";

export const HELP = `${USAGE}
Sets the securebits that make enlightened interpreters obey the kernel's executability check, then becomes the command.

  -f         SECBIT_EXEC_RESTRICT_FILE: script files must be executable
  -i         SECBIT_EXEC_DENY_INTERACTIVE: no snippets, no commands on standard input
  --no-lock  do not set the lock bits, so that the command may clear the bits again
  --show     print the securebits in force and the mode they make
  --help     print this
  --version  print the version

Exit status: the command's own; 1 when it cannot be executed or the bits cannot be set; 2 for wrong usage.
`;

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  1: "nothing is restricted",
  2: "script files must be executable",
  3: "no snippets, no commands on standard input",
  4: "executable script files only",
};

/** What `--show` prints. */
export function shown(securebits: number, mode: Mode): string {
  const names = securebitNames(securebits);
  return `securebits 0x${securebits.toString(16)}${names.map((name) => `\n  ${name}`).join("")}\nmode ${mode}: ${MODE_WORDS[mode]}\n`;
}

export function complaint(about: Complaint): string {
  switch (about.is) {
    case "unknown option":
      return `set-exec: unknown option ${printable(about.option)}\n${USAGE}`;
    case "no bit named":
      return `set-exec: name at least one bit to set: -f, -i or both\n${USAGE}`;
    case "no command":
      return `set-exec: name the command to execute\n${USAGE}`;
  }
}

export function cannotExecute(command: Buffer, errno: number): string {
  return `set-exec: cannot execute ${printable(command)}: ${errnoText(errno)}\n`;
}

export function cannotSet(error: KernelError, locked: readonly string[]): string {
  const hint =
    locked.length === 0 ? "" : `hint: ${locked.join(" and ")} forbids it for this process and its children\n`;
  return `set-exec: cannot set the securebits: ${kernelErrorText(error)}\n${hint}`;
}

export function failed(reason: string): string {
  return `set-exec: ${reason}\n`;
}
