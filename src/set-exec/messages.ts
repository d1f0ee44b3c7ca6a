/** Every sentence that set-exec says. */
import {
  errnoText,
  type KernelError,
  type Mode,
  printable,
  securebitNames,
} from "../exec-check/exec-check.ts";
import { type Message, message } from "../program/message.ts";
import { version } from "../program/messages.ts";
import type { BytesUnknown } from "../program/proc-strings.ts";
import type { Complaint } from "./command-line.ts";

const USAGE = "usage: set-exec [-f] [-i] [--no-lock] [--] command [args…]\n       set-exec --show\n";

export const HELP: Message = message(`${USAGE}
Sets the securebits that make enlightened interpreters obey the kernel's executability check, then becomes the command.

  -f         SECBIT_EXEC_RESTRICT_FILE: script files must be executable
  -i         SECBIT_EXEC_DENY_INTERACTIVE: no snippets, no commands on standard input
  --no-lock  do not set the lock bits, so that the command may clear the bits again
  --show     print the securebits in force and the mode they make
  --help     print this
  --version  print the version

Exit status: the command's own; 1 when it cannot be executed or the bits cannot be set; 2 for wrong usage.
`);

export const SET_EXEC_VERSION: Message = version("set-exec");

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  1: "nothing is restricted",
  2: "script files must be executable",
  3: "no snippets, no commands on standard input",
  4: "executable script files only",
};

/** What `--show` prints. */
export function shown(securebits: number, mode: Mode): Message {
  const names = securebitNames(securebits);
  return message(
    `securebits 0x${securebits.toString(16)}${names.map((name) => `\n  ${name}`).join("")}\nmode ${mode}: ${MODE_WORDS[mode]}\n`,
  );
}

export function complaint(about: Complaint): Message {
  return message(`set-exec: ${complaintText(about)}\n${USAGE}`);
}

function complaintText(about: Complaint): string {
  switch (about.is) {
    case "unknown option":
      return `unknown option ${printable(about.option)}`;
    case "no bit named":
      return "name at least one bit to set: -f, -i or both";
    case "no command":
      return "name the command to execute";
  }
}

export function cannotExecute(command: Buffer, errno: number): Message {
  return message(`set-exec: cannot execute ${printable(command)}: ${errnoText(errno)}\n`);
}

/** @param locked The names of the lock bits that stand in the way. */
export function cannotSet(error: KernelError, locked: readonly string[]): Message {
  const hint =
    locked.length === 0 ? "" : `hint: ${locked.join(" and ")} forbids it for this process and its children\n`;
  return message(`set-exec: cannot set the securebits: ${error.message}\n${hint}`);
}

/** What become() cannot know, and so cannot put back. */
export const WITHOUT_PROC: Message = message(
  "set-exec: /proc is not mounted: the command may get a raised limit on descriptors, and lack variables meant for Node\n",
);

export function kernelRefused(error: KernelError): Message {
  return message(`set-exec: ${error.message}\n`);
}

export function bytesUnknown({ message: what }: BytesUnknown): Message {
  return message(`set-exec: ${what}\n`);
}
