/**
 * Every sentence of the program's own: each is a Message, which nothing else can make. What it says about an interpreter,
 * the reason behind a verdict, is a part of what was found, and stands where that is decided.
 */
import { type Message, message } from "../program/message.ts";
import { version } from "../program/messages.ts";
import type { AdapterComplaint, Need } from "./adapter/read-adapter.ts";
import { ADAPTERS } from "./adapter/shipped.ts";
import { PLACEHOLDERS } from "./adapter/template.ts";
import { timeGiven } from "./findings/heading.ts";
import type { WrongLine } from "./findings/known-failures.ts";
import { REPORT_KINDS } from "./report/writers.ts";
import { ENFORCED } from "./requirements/always.ts";
import { REQUIREMENTS } from "./requirements/requirements.ts";
import { KINDS } from "./requirements/ways.ts";
import type { NoWorkplace } from "./sandbox/workplace.ts";
import { ANSWER } from "./sandbox/wraps/kernel-answer.ts";

const USAGE =
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
  --timeout SECONDS    how long one case may take (default: 10; ten times what a program of one line takes, if that is more)
  --as-user UID[:GID]  run the interpreter as this user; needs root
  --always BITS        the program is a build that always enforces restrict-file, deny-interactive, or both with a comma
  --twin PROGRAM       the same program, built without that: it shows that a case works
  --no-trace           leave out what needs strace
  --strict             a broken SHOULD fails, too
  --strict-scope       a MUST that was not tried fails, too, and so does an adapter that names too little
  --expect FILE        known failures, one id a line, or "NAME ID"; what is no longer broken is reported, and fails
  --write-expect FILE  write what is broken in this run, for --expect
  --report KIND[=FILE] also write a report: ${REPORT_KINDS.join(", ")}; to standard output without FILE (repeatable);
                       of several interpreters, each has its own badge: FILE with its name before the extension
  --seed N             draw the same errnos as a run that said so (0 to 999999)
  --details            print every case with its reason
  --reproduce ID[:ENTRY]
                       build one case, leave it, and print the lines for a shell that show it with set-exec
  --help, --version

Exit status: 0 no MUST that was tried is broken; 1 one is; 2 wrong usage; 4 it cannot be found out, or reported, here.
`);
}

export const KIT_VERSION: Message = version("exec-conformance");

/** What --list prints. */
export function list(): Message {
  const width = Math.max(...REQUIREMENTS.map(({ id }) => id.length));
  const lines = REQUIREMENTS.map(
    ({ id, level, sentence }) => `${id.padEnd(width)}  ${level.padEnd(6)}  ${sentence}\n`,
  );
  return message(lines.join(""));
}

function failed(reason: string): Message {
  return message(`exec-conformance: ${reason}\n`);
}

// What is wrong with the command line.

function misused(about: string): Message {
  return message(`exec-conformance: ${about}\n${USAGE}`);
}

export const NOTHING_TO_JUDGE: Message = misused("name an interpreter to judge");
export const WRONG_JOBS: Message = misused("--jobs takes a number from 1 to 64");
export const WRONG_TIMEOUT: Message = misused("--timeout takes seconds, from 1 to 600");
export const WRONG_ALWAYS: Message = misused(
  `--always takes ${ENFORCED.join(", ")}, or both with a comma between`,
);
export const TWIN_OF_ONE: Message = misused(
  "--twin belongs to one interpreter: judge the others apart, or give each adapter its own `twin`",
);
export const WRONG_SEED: Message = misused("--seed takes a number from 0 to 999999");
export const ONE_STANDARD_OUTPUT: Message = misused(
  "only one report can go to standard output: give the others a file",
);

/** @param complaint What Node's parser says of an option. */
export function wrongOption(complaint: string): Message {
  return misused(complaint);
}

export function noSuchReport(kind: string): Message {
  return misused(`no report is called ${kind}: there are ${REPORT_KINDS.join(", ")}`);
}

export function reportWithoutFile(kind: string): Message {
  return misused(`--report ${kind}= needs the name of a file`);
}

export const ONE_BADGE: Message = misused(
  "each interpreter has its own badge: give --report badge a file, and its name is put before the extension",
);

export function twoReportsInto(file: string): Message {
  return misused(`two reports cannot go to one file: ${file}`);
}

// What is wrong with what the command line names.

export const WRONG_USER: Message = failed("--as-user takes a number, or two with a colon between");
export const NEEDS_ROOT: Message = failed("--as-user needs root");

export function noAdapter(name: string): Message {
  const names = ADAPTERS.map((each) => each.name).join(", ");
  return failed(
    `no adapter is called ${name}: there are ${names}; for another interpreter, write one and give it with --adapter`,
  );
}

export function namesNoProgram(name: string): Message {
  return failed(`${name}= needs a program after it`);
}

export function twinOfNothing(name: string): Message {
  return failed(
    `${name} has a twin, but nothing says what it enforces always: name that by --always, or by \`always\` in the adapter`,
  );
}

export function noSuchRequirement(id: string): Message {
  return failed(`no requirement is called ${id}, and none begins so: see --list`);
}

export const REPRODUCE_ONE: Message = misused("--reproduce takes one interpreter");

export function noSuchId(id: string): Message {
  return failed(`no requirement is called ${id}: --reproduce takes a whole id, see --list`);
}

export function needsTracer(id: string): Message {
  return failed(
    `${id} is decided by what a tracer sees or does, which no single command shows: --only ${id} --details has the trace`,
  );
}

export function noSuchEntry(id: string, names: readonly string[]): Message {
  return failed(
    names.length === 0
      ? `the adapter has no entry for ${id}`
      : `the adapter has no such entry for ${id}: there are ${names.join(", ")}`,
  );
}

export function unreadable(file: string): Message {
  return failed(`${JSON.stringify(file)} cannot be read`);
}

export function wrongKnownFailures(file: string, wrong: readonly WrongLine[]): Message {
  const lines = wrong.map((each) => `line ${each.line}: ${lineComplaint(each)}`);
  return failed(`${file}: ${lines.join("; ")}`);
}

function lineComplaint(line: WrongLine): string {
  switch (line.wrong) {
    case "words":
      return "an id, or a name and an id";
    case "id":
      return `no requirement is called ${line.id}`;
    case "old id":
      return `${line.id} is a case of ${line.now} now: write that`;
  }
}

export function notInstalled(interpreter: string, debianPackage: string | undefined): Message {
  const hint = debianPackage === undefined ? "" : `: on Debian, apt-get install ${debianPackage}`;
  return failed(`${interpreter} is not there, or cannot be executed${hint}`);
}

export function notAProgram(interpreter: string): Message {
  return failed(
    `${interpreter} is not a program that the kernel executes: it is not ELF, and does not begin with #!`,
  );
}

// What is wrong with an adapter.

export function unreadableAdapter(file: string): Message {
  return notAnAdapter(file, ["it cannot be read"]);
}

export function notJson(file: string, { message }: Error): Message {
  return notAnAdapter(file, [`it is not JSON: ${message}`]);
}

/** A name in the file of --expect that is neither judged nor an adapter of the kit's. */
export function nobodyCalled(name: string, file: string): Message {
  return failed(`${file}: no interpreter that is judged here, and no adapter, is called ${name}`);
}

/** The jobs of a matrix share one file, so that this is usual. */
export function notJudgedHere(name: string, file: string): Message {
  return failed(`${file}: ${name} is not judged here, so its lines do not count`);
}

/** Such as a version manager's shim. */
export function isAScript(path: string, starts: string): Message {
  return failed(
    `${path} is a script: what is judged is ${starts}, as that script starts it, and whatever it starts in turn`,
  );
}

export function wrongAdapter(file: string, wrong: readonly AdapterComplaint[]): Message {
  return notAnAdapter(file, wrong.map(adapterComplaint));
}

function notAnAdapter(file: string, complaints: readonly string[]): Message {
  return failed(`${file} is not an adapter:\n${complaints.map((text) => `  ${text}`).join("\n")}`);
}

/** One line about one thing that is wrong with an adapter. */
export function adapterComplaint(complaint: AdapterComplaint): string {
  return `${complaint.at}: ${whatIsWrong(complaint)}`;
}

function whatIsWrong(complaint: AdapterComplaint): string {
  switch (complaint.breaks) {
    case "type":
      return `must be ${withArticle(complaint.expected)}, but is ${withArticle(complaint.found)}`;
    case "enum":
      return `must be one of ${complaint.allowed.join(", ")}, but is ${JSON.stringify(complaint.found)}`;
    case "const":
      return `must be ${JSON.stringify(complaint.expected)}`;
    case "pattern":
      return `${JSON.stringify(complaint.found)} does not match ${complaint.pattern}`;
    case "minLength":
      return "must not be empty";
    case "minItems":
      return `must have at least ${complaint.least} ${complaint.least === 1 ? "item" : "items"}`;
    case "required":
      return `${JSON.stringify(complaint.name)} is missing`;
    case "additionalProperties":
      return `is not known here; known are ${complaint.known.join(", ")}`;
    case "placeholder":
      return `${complaint.text} is not a placeholder: there are ${Object.keys(PLACEHOLDERS).join(", ")}`;
    case "unknown here":
      return `{${complaint.name}} is not filled in here; filled in are ${complaint.known.join(", ")}`;
    case "marker":
      return "the program must print the sum of {a} and {b}, or {left} and {right} joined: its text must hold both";
    case "hidden marker":
      return "{left} and {right} must not stand side by side: a terminal that echoes the program would show the marker";
    case "program's own":
      return `${complaint.text} is filled in within programs alone: {program} is the program as a whole`;
    case "unused":
      return "mention" in complaint.why
        ? `${complaint.field} is of no use, since nothing mentions ${complaint.why.mention}`
        : `${complaint.field} is of no use to a ${complaint.why.kind} entry`;
    case "unique name":
      return `${JSON.stringify(complaint.name)} is there twice in this channel`;
    case "need":
      return NEEDS[complaint.need](complaint.kind);
  }
}

const NEEDS: Readonly<Record<Need, (kind: keyof typeof KINDS) => string>> = {
  "{program}": (kind) => `a ${kind} entry must say where {program} goes`,
  "{file}": (kind) => `a ${kind} entry must say where {file} goes: ${KINDS[kind]}`,
  main: (kind) => `a ${kind} entry must have the text of the script that imports`,
};

function withArticle(type: string): string {
  if (type === "null") return type;
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

// Why nothing can be found out, or reported, here.

export const UNSUPPORTED: Message = failed(
  "this kernel does not know AT_EXECVE_CHECK: Linux 6.14 or later does, and nothing can be found out on another",
);
export const FILTERED: Message = failed(
  "the kernel's answer to execveat with AT_EXECVE_CHECK comes from a filter (a container's seccomp profile?), so nothing can be found out here",
);
export const ALREADY_RESTRICTED: Message = failed(
  "the exec securebits are set for this process already: the kit needs to start without them, because mode 1 is its control",
);

/** What the kernel answered, where nothing else is known. */
export function kernelFailed({ message }: Error): Message {
  return failed(message);
}

export function nowhereToWork({ message }: Error): Message {
  return failed(
    `no temporary folder can be made (${message}): set TMPDIR to a folder that can be written to`,
  );
}

export function noWorkplace({ unfit, folder, why }: NoWorkplace): Message {
  switch (unfit) {
    case "name":
      return failed(
        `${JSON.stringify(folder)} is not a path that every language takes unquoted: set TMPDIR to another folder`,
      );
    case "execution":
      return failed(
        `the kernel would execute no file in ${folder}, so that all would look the same there: set TMPDIR to another folder`,
      );
    case "user":
      return failed(`nothing can be run as that user in ${folder}: ${why}`);
  }
}

export function cannotGoOn(why: string): Message {
  return failed(`it cannot go on here: ${why}`);
}

/** What the errand for the kernel's answer prints. */
export function answered(answer: string): Message {
  return message(`${ANSWER}${answer}\n`);
}

/** The hidden errand could not become its command. */
export function cannotBecome(command: string, errno: number): Message {
  return failed(`cannot become ${command}: errno ${errno}`);
}

export function bytesUnknown(why: Message): Message {
  return failed(why);
}

export function unwritable(file: string, { message }: Error): Message {
  return failed(`the report ${file} cannot be written: ${message}`);
}

/** What draws the same errnos again. */
export function drawnWith(seed: number): Message {
  return message(`errnos are drawn: --seed ${seed} draws the same again\n\n`);
}

/** An interpreter that is given more time than others. */
export function startsSlowly(name: string, startMs: number, timeoutMs: number): Message {
  return message(`${name}: ${timeGiven(startMs, timeoutMs)} (--timeout sets another limit)\n`);
}

// What was not as --expect has it.

export function unexpectedlyBroken(name: string, id: string): Message {
  return message(`${name}: ${id} is broken, and that was not expected\n`);
}

/** @param tried How many were tried, and why no more. */
export function notAllTried(name: string, tried: string): Message {
  return message(`${name}: ${tried}: --strict-scope takes that for a failure\n`);
}

export function unexpectedlyHolds(name: string, id: string, file: string): Message {
  return message(`${name}: ${id} holds now: take it out of ${file}\n`);
}
