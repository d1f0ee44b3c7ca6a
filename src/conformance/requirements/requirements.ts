/**
 * What an enlightened interpreter has to do, as data: the only place that says so. The plan of a run, every report and
 * docs/requirements.md are made from it.
 */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { SourceId } from "./sources.ts";

/** MUST: the kernel's document or test. SHOULD: hardening, as we read them. CHOICE: open; reported, never failed. */
export type Level = "MUST" | "SHOULD" | "CHOICE";

export type Expectation = "run" | "refuse";

/** The ways in which an adapter can say that its interpreter takes code. */
export const KINDS = {
  script: "the path of a script, as an argument",
  stdin: "standard input",
  terminal: "a prompt on a terminal",
  snippet: "code as an argument",
  environment: "code in an environment variable",
  startup: "a startup file that an environment variable, an option or its place names",
  module: "a file that an executable script imports or sources",
  option: "a file of code that an option names",
  compiled: "a file of compiled code",
  native: "a shared library that an executable script loads",
  shebang: "direct execution of a file that names the interpreter",
} as const;

export type Kind = keyof typeof KINDS;

/** What becomes of the code before it is handed over; stage.ts builds each. */
export type Form =
  | "executable"
  | "not-executable"
  | "symlink-to-executable"
  | "symlink-to-not-executable"
  | "noexec-mount"
  | "owner-lacks-x"
  | "held-for-writing"
  | "deleted-executable"
  | "deleted-not-executable"
  | "memfd-executable"
  | "memfd-not-executable"
  | "landlock"
  | "dev-stdin-file"
  | "dev-stdin-pipe"
  | "proc-fd-pipe"
  | "dev-fd-pipe"
  | "fifo"
  | "dev-stdin-terminal"
  | "pipe"
  | "socket"
  | "terminal"
  | "again-through-noexec"
  | "text";

/** One way to hand over code, and what becomes of it in the four modes. */
export interface Channel {
  readonly id: string;
  readonly kind: Kind;
  readonly form: Form;
  readonly what: string;
  readonly expect: readonly [Expectation, Expectation, Expectation, Expectation];
  /** The level in each mode; a mode without one is none of the requirements, and mode 1 then only the control. */
  readonly levels: readonly [Level | null, Level, Level, Level];
  readonly from: SourceId;
  /** The bits are set by set-exec, with their locks, rather than by the kit. */
  readonly locked: boolean;
}

const PASSES = ["run", "run", "run", "run"] as const;
const FILE = ["run", "refuse", "run", "refuse"] as const;
const STREAM = ["run", "refuse", "refuse", "refuse"] as const;
const USER_COMMANDS = ["run", "run", "refuse", "refuse"] as const;

const MUST = ["MUST", "MUST", "MUST", "MUST"] as const;
/** For what an interpreter may be unable to open: that it runs in mode 1 is the control, and nothing more. */
const IF_IT_RUNS = [null, "MUST", "MUST", "MUST"] as const;
const SHOULD_IF_IT_RUNS = [null, "SHOULD", "SHOULD", "SHOULD"] as const;
const OPEN = ["MUST", "CHOICE", "CHOICE", "CHOICE"] as const;
const HARDENED = [null, "MUST", "SHOULD", "MUST"] as const;

type Row = readonly [
  id: string,
  kind: Kind,
  form: Form,
  what: string,
  expect: Channel["expect"],
  levels: Channel["levels"],
  from: SourceId,
];

// biome-ignore format: a table, one row a channel.
const ROWS: readonly Row[] = [
  ["file.executable", "script", "executable", "a script that the kernel would execute", PASSES, MUST, "test.files"],
  ["file.not-executable", "script", "not-executable", "a script without execute permission", FILE, MUST, "test.files"],
  ["file.symlink-to-executable", "script", "symlink-to-executable", "a symbolic link to an executable script", PASSES, MUST, "test.files"],
  ["file.symlink-to-not-executable", "script", "symlink-to-not-executable", "a symbolic link to a script without execute permission", FILE, MUST, "test.files"],
  ["file.noexec-mount", "script", "noexec-mount", "a script of mode 0755 on a file system mounted noexec", FILE, MUST, "doc.restrict-file"],
  ["file.owner-lacks-x", "script", "owner-lacks-x", "a script of mode 0655, which all may execute but its owner, run by its owner", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file.held-for-writing", "script", "held-for-writing", "an executable script that another process holds open for writing (ETXTBSY)", FILE, MUST, "doc.restrict-file"],
  ["file.deleted-executable", "script", "deleted-executable", "an executable script that was deleted, by /proc/self/fd/N", PASSES, IF_IT_RUNS, "doc.restrict-file"],
  ["file.deleted-not-executable", "script", "deleted-not-executable", "a script without execute permission that was deleted, by /proc/self/fd/N", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file.memfd-executable", "script", "memfd-executable", "a memfd of mode 0777, by /proc/self/fd/N", PASSES, IF_IT_RUNS, "doc.restrict-file"],
  ["file.memfd-not-executable", "script", "memfd-not-executable", "a memfd of mode 0600, by /proc/self/fd/N", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file.landlock", "script", "landlock", "a script of mode 0755 outside the execute rights of a Landlock domain", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file.dev-stdin", "script", "dev-stdin-file", "a script without execute permission that stands on standard input, by /dev/stdin", FILE, IF_IT_RUNS, "doc.restrict-file"],

  ["stream.dev-stdin", "script", "dev-stdin-pipe", "a pipe on standard input, by /dev/stdin", STREAM, HARDENED, "ours.stream"],
  ["stream.proc-fd", "script", "proc-fd-pipe", "a pipe, by /proc/self/fd/N", STREAM, HARDENED, "ours.stream"],
  ["stream.process-substitution", "script", "dev-fd-pipe", "a pipe, by /dev/fd/N, as a shell's process substitution names it", STREAM, HARDENED, "ours.stream"],
  ["stream.fifo", "script", "fifo", "a named pipe", STREAM, HARDENED, "ours.stream"],
  ["stream.terminal", "script", "dev-stdin-terminal", "a terminal on standard input, by /dev/stdin", STREAM, HARDENED, "ours.stream"],

  ["stdin.executable", "stdin", "executable", "standard input from an executable file", PASSES, MUST, "test.stdin"],
  ["stdin.not-executable", "stdin", "not-executable", "standard input from a file without execute permission", USER_COMMANDS, MUST, "test.stdin"],
  ["stdin.noexec-mount", "stdin", "noexec-mount", "standard input from a file of mode 0755 on a file system mounted noexec", USER_COMMANDS, MUST, "doc.deny-interactive"],
  ["stdin.pipe", "stdin", "pipe", "standard input from a pipe", USER_COMMANDS, MUST, "test.stdin"],
  ["stdin.socket", "stdin", "socket", "standard input from a socket", USER_COMMANDS, MUST, "doc.deny-interactive"],
  ["stdin.terminal", "terminal", "terminal", "standard input from a terminal, typed at the prompt", USER_COMMANDS, MUST, "doc.deny-interactive"],

  ["snippet", "snippet", "text", "code as an argument", USER_COMMANDS, MUST, "doc.snippet"],
  ["environment", "environment", "text", "code in an environment variable", USER_COMMANDS, MUST, "doc.deny-interactive"],

  ["startup.executable", "startup", "executable", "an executable startup file", PASSES, MUST, "doc.all-code"],
  ["startup.not-executable", "startup", "not-executable", "a startup file without execute permission", FILE, MUST, "doc.all-code"],
  ["startup.symlink-to-not-executable", "startup", "symlink-to-not-executable", "a symbolic link to a startup file without execute permission", FILE, MUST, "doc.all-code"],
  ["startup.noexec-mount", "startup", "noexec-mount", "a startup file on a file system mounted noexec", FILE, MUST, "doc.all-code"],
  ["startup.fifo", "startup", "fifo", "a named pipe as the startup file", STREAM, HARDENED, "ours.stream"],

  ["module.executable", "module", "executable", "an executable module", PASSES, MUST, "doc.all-code"],
  ["module.not-executable", "module", "not-executable", "a module without execute permission", FILE, MUST, "doc.all-code"],
  ["module.symlink-to-not-executable", "module", "symlink-to-not-executable", "a symbolic link to a module without execute permission", FILE, MUST, "doc.all-code"],
  ["module.noexec-mount", "module", "noexec-mount", "a module on a file system mounted noexec", FILE, MUST, "doc.all-code"],
  ["module.fifo", "module", "fifo", "a named pipe as the module", STREAM, HARDENED, "ours.stream"],
  ["module.again-through-noexec", "module", "again-through-noexec", "an executable module that is loaded, then loaded again through a noexec mount of the same file", FILE, SHOULD_IF_IT_RUNS, "ours.admitted-each-time"],

  ["option.executable", "option", "executable", "an executable file that an option names", PASSES, MUST, "ours.loaded"],
  ["option.not-executable", "option", "not-executable", "a file without execute permission that an option names", FILE, MUST, "doc.all-code"],
  ["option.symlink-to-not-executable", "option", "symlink-to-not-executable", "a symbolic link, named by an option, to a file without execute permission", FILE, MUST, "doc.all-code"],
  ["option.noexec-mount", "option", "noexec-mount", "a file on a file system mounted noexec that an option names", FILE, MUST, "doc.all-code"],

  ["compiled.executable", "compiled", "executable", "an executable file of compiled code", PASSES, MUST, "ours.loaded"],
  ["compiled.not-executable", "compiled", "not-executable", "a file of compiled code without execute permission", FILE, MUST, "doc.all-code"],
  ["compiled.noexec-mount", "compiled", "noexec-mount", "a file of compiled code on a file system mounted noexec", FILE, MUST, "doc.all-code"],

  ["native.executable", "native", "executable", "a native extension of mode 0755", PASSES, OPEN, "ours.native"],
  ["native.not-executable", "native", "not-executable", "a native extension without execute permission", FILE, [null, "CHOICE", "CHOICE", "CHOICE"], "ours.native"],

  ["shebang", "shebang", "executable", "an executable file that names the interpreter in its first line", PASSES, MUST, "doc.modes"],
];

// biome-ignore format: a table, one row a channel.
const LOCKED: readonly Row[] = [
  ["locked.executable", "script", "executable", "an executable script, with the bits locked", PASSES, [null, "MUST", "MUST", "MUST"], "doc.modes"],
  ["locked.not-executable", "script", "not-executable", "a script without execute permission, with the bits locked", FILE, [null, "MUST", "MUST", "MUST"], "doc.modes"],
  ["locked.pipe", "stdin", "pipe", "standard input from a pipe, with the bits locked", USER_COMMANDS, [null, "MUST", "MUST", "MUST"], "doc.modes"],
];

const channelOf =
  (locked: boolean) =>
  ([id, kind, form, what, expect, levels, from]: Row): Channel => ({
    id,
    kind,
    form,
    what,
    expect,
    levels,
    from,
    locked,
  });

export const CHANNELS: readonly Channel[] = [...ROWS.map(channelOf(false)), ...LOCKED.map(channelOf(true))];

/** The errnos with which execveat is made to fail: filters, old kernels, shortage, a writer. */
export const FAULTS = ["ENOSYS", "EPERM", "EINVAL", "ENOMEM", "ETXTBSY"] as const;
export type Fault = (typeof FAULTS)[number];

/** How a requirement is found to hold or not. */
export type Proof =
  | { readonly by: "channel"; readonly channel: Channel; readonly mode: Mode }
  | { readonly by: "trace"; readonly question: Question }
  | { readonly by: "fault"; readonly errno: Fault; readonly kind: "script" | "stdin"; readonly mode: Mode }
  | { readonly by: "race"; readonly kind: "script"; readonly swap: "to-bad" | "to-good" }
  | { readonly by: "securebits-fault" };

/** What a trace is asked. */
export type Question =
  | "always"
  | "empty-path"
  | "descriptor"
  | "before-interpretation"
  | "before-read"
  | "argv"
  | "securebits";

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly sentence: string;
  readonly from: SourceId;
  readonly proof: Proof;
}

export const MODES: readonly Mode[] = [1, 2, 3, 4];

const BY_CHANNEL: readonly Requirement[] = CHANNELS.flatMap((channel) =>
  MODES.flatMap((mode) => {
    const level = channel.levels[mode - 1];
    if (level === null || level === undefined) return [];
    const verb =
      level === "CHOICE" ? "runs or is refused" : channel.expect[mode - 1] === "run" ? "runs" : "is refused";
    return [
      {
        id: `${channel.id}.mode-${mode}`,
        level,
        sentence: `In mode ${mode}, ${channel.what}: it ${verb}.`,
        from: channel.from,
        proof: { by: "channel", channel, mode },
      },
    ];
  }),
);

const asked = (
  id: string,
  level: Level,
  question: Question,
  from: SourceId,
  sentence: string,
): Requirement => ({
  id,
  level,
  sentence,
  from,
  proof: { by: "trace", question },
});

// biome-ignore format: one line a requirement.
const BY_TRACE: readonly Requirement[] = [
  asked("check.always", "MUST", "always", "doc.always", "Whatever code comes through a descriptor is checked with AT_EXECVE_CHECK, in every mode."),
  asked("check.empty-path", "MUST", "empty-path", "doc.descriptor", "The check is made with AT_EMPTY_PATH and an empty path, never by name."),
  asked("check.descriptor", "MUST", "descriptor", "doc.descriptor", "The code is read from the open file that was checked, not from one that was opened apart from it."),
  asked("check.before-interpretation", "MUST", "before-interpretation", "doc.restrict-file", "The check is made before anything of the code runs."),
  asked("check.before-read", "SHOULD", "before-read", "ours.before-read", "The check is made before the first byte of the code is read."),
  asked("check.argv", "SHOULD", "argv", "ours.argv", "The check is given an argv that is not empty and names what is run."),
  asked("securebits.asked", "MUST", "securebits", "doc.securebits", "The securebits are asked of the kernel before anything of the code runs."),
];

const BY_FAULT: readonly Requirement[] = FAULTS.flatMap((errno) =>
  (
    [
      ["script", 1],
      ["script", 2],
      ["stdin", 1],
      ["stdin", 3],
    ] as const
  ).map(([kind, mode]): Requirement => {
    const what = kind === "script" ? "an executable script" : "standard input from an executable file";
    const verb = mode === 1 ? "runs" : "is refused";
    return {
      id: `fault.${errno}.${kind}.mode-${mode}`,
      level: "MUST",
      sentence: `Where execveat fails with ${errno}, in mode ${mode}, ${what}: it ${verb}.`,
      from: mode === 1 ? "doc.modes" : "ours.fails-closed",
      proof: { by: "fault", errno, kind, mode },
    };
  }),
);

const OTHERS: readonly Requirement[] = [
  {
    id: "race.swapped-away",
    level: "MUST",
    sentence:
      "A link to an executable script that is turned to another while the check is under way lets nothing of the other run in mode 2.",
    from: "doc.descriptor",
    proof: { by: "race", kind: "script", swap: "to-bad" },
  },
  {
    id: "race.swapped-back",
    level: "MUST",
    sentence:
      "A link to a script without execute permission that is turned to an executable one while the check is under way lets nothing of the first run in mode 2.",
    from: "doc.descriptor",
    proof: { by: "race", kind: "script", swap: "to-good" },
  },
  {
    id: "fault.securebits",
    level: "CHOICE",
    sentence: "Where PR_GET_SECUREBITS fails: does it refuse everything (closed) or run as in mode 1 (open)?",
    from: "doc.securebits",
    proof: { by: "securebits-fault" },
  },
];

export const REQUIREMENTS: readonly Requirement[] = [...BY_CHANNEL, ...BY_TRACE, ...BY_FAULT, ...OTHERS];
