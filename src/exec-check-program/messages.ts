/** Every sentence that exec-check says. Why a file is refused, and what to do, the library words. */
import {
  causeWording,
  errnoText,
  type FileKind,
  type KernelError,
  printable,
  type Support,
} from "../exec-check/exec-check.ts";
import { type Message, message } from "../program/message.ts";
import { version } from "../program/messages.ts";
import type { BytesUnknown } from "../program/proc-strings.ts";
import type { Complaint, Identity } from "./command-line.ts";
import type { Outcome } from "./outcome.ts";
import type { Tally } from "./tally.ts";

const USAGE =
  "usage: exec-check [-r] [--name pattern] [--as-user UID[:GID]] [--summary] [--json | -0] [--] path…\n";

export const HELP: Message = message(`${USAGE}
Asks the kernel of each file whether it would execute it, for the user and on the mount at hand: what an enlightened
interpreter would ask. Executes and reads none of them.

  -r, --recursive     go into folders; links in them are not followed
  --name pattern      in folders, only files whose names match, as with find -name: --name '*.py'
  --as-user UID[:GID] as that user, with their groups or with this one alone
  --summary           how many there are, by cause, and not each of them
  --json              for programs: an object a line for each file, or one with --summary
  -0, --null          only the names of what would not be executed, each ended by a NUL: for xargs -0
  --help              print this
  --version           print the version

Exit status: 0 when all would be executed; 1 when some would not, or could not be looked at; 2 for wrong usage, or when the
kernel cannot be asked.
`);

export const EXEC_CHECK_VERSION: Message = version("exec-check");

export function complaint(about: Complaint): Message {
  return message(`exec-check: ${complaintText(about)}\n${USAGE}`);
}

function complaintText(about: Complaint): string {
  switch (about.is) {
    case "unknown option":
      return `unknown option ${printable(about.option)}`;
    case "no argument":
      return `${about.option} needs an argument`;
    case "not a user":
      return `${printable(about.text)} is not a user: give UID or UID:GID, in numbers`;
    case "options exclude each other":
      return `${about.options.join(" and ")} exclude each other: give one of them`;
    case "no path":
      return "name the files to check";
  }
}

type Refused = Extract<Outcome, { is: "refused" }>;

/** What the library's wording has to know of a file. */
export function sourceOf({ path, kind }: Refused): {
  name: string;
  kind: FileKind;
  source: "file" | "stream";
} {
  return { name: printable(path), kind, source: kind === "regular file" ? "file" : "stream" };
}

export function executable({ path }: Outcome): Message {
  return message(`executable ${printable(path)}\n`);
}

export function refused(outcome: Refused): Message {
  const hint =
    outcome.kind === "directory"
      ? "this is a directory: -r goes into it"
      : outcome.cause && causeWording(outcome.cause, sourceOf(outcome));
  return message(
    `refused    ${printable(outcome.path)}: ${errnoText(outcome.check)}${hint === undefined ? "" : `: ${hint}`}\n`,
  );
}

export function unreadable({ path, call, errno }: Extract<Outcome, { is: "unreadable" }>): Message {
  return message(`exec-check: ${printable(path)}: cannot ${call}: ${errnoText(errno)}\n`);
}

export function summary({ executable, refused, unreadable, links, causes }: Tally): Message {
  const rows: [string, number][] = [
    ["executable", executable],
    ["refused", refused],
    ["cannot be looked at", unreadable],
    ["links, not followed", links],
  ];
  const why = [...causes]
    .sort(([, one], [, other]) => other - one)
    .map(([cause, count]): [string, number] => [`  ${printable(cause)}`, count]);
  const all = [...rows, ...why];
  const width = Math.max(...all.map(([word]) => word.length));
  const line = ([word, count]: [string, number]) => `${word.padEnd(width)}  ${String(count).padStart(8)}\n`;
  return message(
    `${rows.map(line).join("")}${why.length === 0 ? "" : `because of\n${why.map(line).join("")}`}`,
  );
}

export function progress(files: number): Message {
  return message(`\rexec-check: ${files} files`);
}

/** Begins the line again, and clears it. */
export const NO_PROGRESS: Message = message("\r\u001b[K");

/** The kernel gives no answers that would mean something. */
export function cannotAsk(support: Exclude<Support, { supported: true }>): Message {
  return message(
    support.supported === "unknown"
      ? `exec-check: the kernel cannot be asked: a filter answers the check with ${support.errno === 0 ? "yes, also for a directory" : errnoText(support.errno)}\n`
      : "exec-check: this kernel does not know AT_EXECVE_CHECK: Linux 6.14 or later does\n",
  );
}

export const WITHOUT_PROC: Message = message("exec-check: -r needs /proc, which is not mounted\n");

export function groupUnknown({ uid }: Identity): Message {
  return message(`exec-check: no group is known of user ${uid}: give one, as ${uid}:GID\n`);
}

export function cannotBecome({ uid }: Identity, error: NodeJS.ErrnoException): Message {
  const reason = error.errno === undefined ? error.message : errnoText(-error.errno);
  return message(`exec-check: cannot become user ${uid}: ${reason}\n`);
}

export function kernelRefused(error: KernelError): Message {
  return message(`exec-check: ${error.message}\n`);
}

export function bytesUnknown({ message: what }: BytesUnknown): Message {
  return message(`exec-check: ${what}\n`);
}
