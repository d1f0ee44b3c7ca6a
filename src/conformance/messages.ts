/** Every sentence that the program says about itself, in one place; what it says about interpreters is in the reports. */
import { type Message, message } from "../program/message.ts";
import { version } from "../program/messages.ts";
import { ADAPTERS } from "./adapter/shipped.ts";
import { CHANNELS, REQUIREMENTS, type Requirement } from "./requirements/requirements.ts";

export const USAGE =
  "usage: exec-conformance [options] NAME[=PROGRAM]… | --adapter FILE[=PROGRAM]…\n       exec-conformance --list\n";

/** What --help prints. */
export function help(): Message {
  return message(`${USAGE}
Judges whether an interpreter obeys the kernel's executability check (execveat with AT_EXECVE_CHECK and the exec
securebits): hands it code in every way that its adapter names, in all four modes, and observes what runs.

Adapters that come with it: ${ADAPTERS.map(({ name }) => name).join(", ")}.
PROGRAM is judged instead of the one that the adapter names.

  --adapter FILE       an adapter of your own (docs/write-an-adapter.md)
  --list               print all requirements
  --only ID            only this requirement, or all that begin with ID. (repeatable)
  --jobs N             how many cases at a time (default: the number of processors, at most 4)
  --timeout SECONDS    how long one case may take (default: 10)
  --as-user UID[:GID]  run the interpreter as this user; needs root
  --no-trace           leave out what needs strace
  --strict             a broken SHOULD fails, too
  --expect FILE        known failures, one id a line, or "NAME ID"; what is no longer broken is reported, and fails
  --report KIND[=FILE] also write a report: ktap, junit, json, html, badge; to standard output without FILE (repeatable)
  --details            print every case with its reason
  --help, --version

Exit status: 0 every interpreter conforms; 1 one does not; 2 wrong usage; 4 it cannot be found out, or reported, here.
`);
}

export const KIT_VERSION: Message = version("exec-conformance");

/** What --list prints. */
export function list(): Message {
  return message(
    REQUIREMENTS.map(
      ({ id, level, sentence }) => `${id.padEnd(WIDTH)}  ${level.padEnd(6)}  ${sentence}\n`,
    ).join(""),
  );
}

const WIDTH = Math.max(...REQUIREMENTS.map(({ id }: Requirement) => id.length));

export function complaint(about: string): Message {
  return message(`exec-conformance: ${about}\n${USAGE}`);
}

export function failed(reason: string): Message {
  return message(`exec-conformance: ${reason}\n`);
}

export function noAdapter(name: string): string {
  return `no adapter is called ${name}: there are ${ADAPTERS.map((each) => each.name).join(", ")}; for another interpreter, write one and give it with --adapter`;
}

export function namesNoProgram(name: string): string {
  return `${name}= wants a program after it`;
}

export function unreadable(file: string): string {
  return `${JSON.stringify(file)} cannot be read`;
}

export function wrongAdapter(file: string, wrong: readonly string[]): string {
  return `${file} is no adapter:\n${wrong.map((text) => `  ${text}`).join("\n")}`;
}

export function noSuchRequirement(id: string): string {
  return `no requirement is called ${id}, and none begins so: see --list`;
}

export function notInstalled(interpreter: string, debianPackage: string | undefined): string {
  const hint = debianPackage === undefined ? "" : `: on Debian, apt-get install ${debianPackage}`;
  return `${interpreter} is not there, or cannot be executed${hint}`;
}

export function noProgram(interpreter: string): string {
  return `${interpreter} is no program that the kernel executes: it is neither ELF nor begins with #!`;
}

export function nowhereToWork({ message }: Error): string {
  return `no temporary folder can be made (${message}): set TMPDIR to a folder that can be written to`;
}

export function cannotGoOn(why: string): string {
  return `it cannot go on here: ${why}`;
}

export function unwritable(file: string, { message }: Error): string {
  return `the report ${file} cannot be written: ${message}`;
}

export function unexpectedlyBroken(name: string, id: string): Message {
  return message(`${name}: ${id} is broken, and that was not expected\n`);
}

export function unexpectedlyHolds(name: string, id: string, file: string): Message {
  return message(`${name}: ${id} holds now: take it out of ${file}\n`);
}

export function oddFolder(folder: string): string {
  return `${JSON.stringify(folder)} is no name that every language can take unquoted: set TMPDIR to another folder`;
}

export function notAs(folder: string, why: string): string {
  return `nothing can be run as that user in ${folder}: ${why}`;
}

export function noexecFolder(folder: string): string {
  return `the kernel would execute no file in ${folder}, so that all would look the same there: set TMPDIR to another folder`;
}

export const UNSUPPORTED =
  "this kernel does not know AT_EXECVE_CHECK: Linux 6.14 or later does, and nothing can be found out on another";
export const FILTERED =
  "the kernel's answer to execveat with AT_EXECVE_CHECK comes from a filter (a container's seccomp profile?), so nothing can be found out here";
export const ALREADY_RESTRICTED =
  "the exec securebits are set for this process already: the kit needs to start without them, because mode 1 is its control";
export const WRONG_USER = "--as-user takes a number, or two with a colon between";
export const TRACING_OFF = "tracing was turned off by --no-trace";
export const NEEDS_ROOT = "--as-user needs root";

/** The number of channels: what --version says besides. */
export const CHANNEL_COUNT: number = CHANNELS.length;
