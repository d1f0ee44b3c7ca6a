/** The channels: one row for each way to hand over code, with what becomes of it in the four modes. */
import type { Expectation, Level } from "./expectations.ts";
import type { Group } from "./groups.ts";
import { idOf } from "./id.ts";
import type { SourceId } from "./sources.ts";
import type { FormsOf, Kind, Way } from "./ways.ts";

interface ChannelFacts {
  readonly id: string;
  readonly group: Group;
  /** What distinguishes it within the group; empty where the group has only one. */
  readonly name: string;
  readonly what: string;
  readonly expect: readonly [Expectation, Expectation, Expectation, Expectation];
  /** The level in each mode. Where mode 1 has none, it is only the control of the others. */
  readonly levels: readonly [Level | null, Level, Level, Level];
  readonly from: SourceId;
  /** The bits are set by set-exec, with their locks, rather than by the kit. */
  readonly locked: boolean;
}

/** One way to hand over code, and what becomes of it in the four modes. */
export type Channel = ChannelFacts & Way;

/** A row of the tables below. A kind is taken only with a form of its own. */
export type ChannelRow = {
  [K in Kind]: readonly [
    group: Group,
    name: string,
    kind: K,
    form: FormsOf[K],
    what: string,
    expect: ChannelFacts["expect"],
    levels: ChannelFacts["levels"],
    from: SourceId,
  ];
}[Kind];

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
/** In mode 3 the bits say nothing of files, and whether a pipe that a program loads is one is left open. */
const LOADED_STREAM = [null, "MUST", "CHOICE", "MUST"] as const;
/** What is found by a name takes arguments that may be code themselves: to refuse it where user commands are, is sound. */
const BY_NAME = ["MUST", "MUST", "CHOICE", "CHOICE"] as const;
const BY_NAME_REFUSED = ["MUST", "MUST", "CHOICE", "MUST"] as const;

// biome-ignore format: a table, one row a channel.
const ROWS: readonly ChannelRow[] = [
  ["file", "executable", "script", "executable", "a script that the kernel would execute", PASSES, MUST, "test.files"],
  ["file", "not-executable", "script", "not-executable", "a script without execute permission", FILE, MUST, "test.files"],
  ["file", "symlink-to-executable", "script", "symlink-to-executable", "a symbolic link to an executable script", PASSES, MUST, "test.files"],
  ["file", "symlink-to-not-executable", "script", "symlink-to-not-executable", "a symbolic link to a script without execute permission", FILE, MUST, "test.files"],
  ["file", "noexec-mount", "script", "noexec-mount", "a script of mode 0755 on a file system mounted noexec", FILE, MUST, "doc.restrict-file"],
  ["file", "owner-lacks-x", "script", "owner-lacks-x", "a script of mode 0655, which all may execute but its owner, run by its owner", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "held-for-writing", "script", "held-for-writing", "an executable script that another process holds open for writing (ETXTBSY)", FILE, MUST, "doc.restrict-file"],
  ["file", "deleted-executable", "script", "deleted-executable", "an executable script that was deleted, by /proc/self/fd/N", PASSES, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "deleted-not-executable", "script", "deleted-not-executable", "a script without execute permission that was deleted, by /proc/self/fd/N", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "memfd-executable", "script", "memfd-executable", "a memfd of mode 0777, by /proc/self/fd/N", PASSES, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "memfd-not-executable", "script", "memfd-not-executable", "a memfd of mode 0600, by /proc/self/fd/N", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "landlock", "script", "landlock", "a script of mode 0755 outside the execute rights of a Landlock domain", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "dev-stdin", "script", "dev-stdin-file", "a script without execute permission that stands on standard input, by /dev/stdin", FILE, IF_IT_RUNS, "doc.restrict-file"],
  ["file", "asked-at-a-terminal", "script", "not-executable-at-a-terminal", "a script without execute permission, at a terminal where every question is answered with yes", FILE, IF_IT_RUNS, "doc.restrict-file"],

  ["stream", "dev-stdin", "script", "dev-stdin-pipe", "a pipe on standard input, by /dev/stdin", STREAM, HARDENED, "ours.stream"],
  ["stream", "proc-fd", "script", "proc-fd-pipe", "a pipe, by /proc/self/fd/N", STREAM, HARDENED, "ours.stream"],
  ["stream", "process-substitution", "script", "dev-fd-pipe", "a pipe, by /dev/fd/N, as a shell's process substitution names it", STREAM, HARDENED, "ours.stream"],
  ["stream", "fifo", "script", "fifo", "a named pipe", STREAM, HARDENED, "ours.stream"],
  ["stream", "terminal", "script", "dev-stdin-terminal", "a terminal on standard input, by /dev/stdin", STREAM, HARDENED, "ours.stream"],

  ["stdin", "executable", "stdin", "executable", "standard input from an executable file", PASSES, MUST, "test.stdin"],
  ["stdin", "not-executable", "stdin", "not-executable", "standard input from a file without execute permission", USER_COMMANDS, MUST, "test.stdin"],
  ["stdin", "noexec-mount", "stdin", "noexec-mount", "standard input from a file of mode 0755 on a file system mounted noexec", USER_COMMANDS, MUST, "doc.deny-interactive"],
  ["stdin", "at-an-offset", "stdin", "offset", "standard input from an executable file whose descriptor stands behind its first lines", USER_COMMANDS, SHOULD_IF_IT_RUNS, "ours.offset"],
  ["stdin", "pipe", "stdin", "pipe", "standard input from a pipe", USER_COMMANDS, MUST, "test.stdin"],
  ["stdin", "socket", "stdin", "socket", "standard input from a socket", USER_COMMANDS, MUST, "doc.deny-interactive"],
  ["stdin", "terminal", "terminal", "terminal", "standard input from a terminal, typed at the prompt", USER_COMMANDS, MUST, "doc.deny-interactive"],

  ["snippet", "", "snippet", "text", "code as an argument", USER_COMMANDS, MUST, "doc.snippet"],
  ["environment", "", "environment", "text", "code in an environment variable", USER_COMMANDS, MUST, "doc.deny-interactive"],

  ["startup", "executable", "startup", "executable", "an executable startup file", PASSES, MUST, "doc.all-code"],
  ["startup", "not-executable", "startup", "not-executable", "a startup file without execute permission", FILE, MUST, "doc.all-code"],
  ["startup", "symlink-to-not-executable", "startup", "symlink-to-not-executable", "a symbolic link to a startup file without execute permission", FILE, MUST, "doc.all-code"],
  ["startup", "noexec-mount", "startup", "noexec-mount", "a startup file on a file system mounted noexec", FILE, MUST, "doc.all-code"],
  ["startup", "held-for-writing", "startup", "held-for-writing", "an executable startup file that another process holds open for writing", FILE, MUST, "doc.restrict-file"],
  ["startup", "fifo", "startup", "fifo", "a named pipe as the startup file", STREAM, LOADED_STREAM, "ours.stream"],

  ["module", "executable", "module", "executable", "an executable module", PASSES, MUST, "doc.all-code"],
  ["module", "not-executable", "module", "not-executable", "a module without execute permission", FILE, MUST, "doc.all-code"],
  ["module", "symlink-to-not-executable", "module", "symlink-to-not-executable", "a symbolic link to a module without execute permission", FILE, MUST, "doc.all-code"],
  ["module", "noexec-mount", "module", "noexec-mount", "a module on a file system mounted noexec", FILE, MUST, "doc.all-code"],
  ["module", "held-for-writing", "module", "held-for-writing", "an executable module that another process holds open for writing", FILE, MUST, "doc.restrict-file"],
  ["module", "fifo", "module", "fifo", "a named pipe as the module", STREAM, LOADED_STREAM, "ours.stream"],
  ["module", "again-through-noexec", "module", "again-through-noexec", "an executable module that is loaded, then loaded again through a noexec mount of the same file", FILE, SHOULD_IF_IT_RUNS, "ours.admitted-each-time"],

  ["option", "executable", "option", "executable", "an executable file that an option names", PASSES, MUST, "ours.loaded"],
  ["option", "not-executable", "option", "not-executable", "a file without execute permission that an option names", FILE, MUST, "doc.all-code"],
  ["option", "symlink-to-not-executable", "option", "symlink-to-not-executable", "a symbolic link, named by an option, to a file without execute permission", FILE, MUST, "doc.all-code"],
  ["option", "noexec-mount", "option", "noexec-mount", "a file on a file system mounted noexec that an option names", FILE, MUST, "doc.all-code"],
  ["option", "held-for-writing", "option", "held-for-writing", "an executable file, named by an option, that another process holds open for writing", FILE, MUST, "doc.restrict-file"],

  ["by-name", "executable", "by-name", "executable", "an executable file that an option finds by its name", PASSES, BY_NAME, "ours.by-name"],
  ["by-name", "not-executable", "by-name", "not-executable", "a file without execute permission that an option finds by its name", FILE, BY_NAME_REFUSED, "doc.all-code"],
  ["by-name", "symlink-to-not-executable", "by-name", "symlink-to-not-executable", "a symbolic link, found by its name, to a file without execute permission", FILE, BY_NAME_REFUSED, "doc.all-code"],
  ["by-name", "noexec-mount", "by-name", "noexec-mount", "a file on a file system mounted noexec that an option finds by its name", FILE, BY_NAME_REFUSED, "doc.all-code"],
  ["by-name", "held-for-writing", "by-name", "held-for-writing", "an executable file, found by its name, that another process holds open for writing", FILE, BY_NAME_REFUSED, "doc.restrict-file"],

  ["compiled", "executable", "compiled", "executable", "an executable file of compiled code", PASSES, MUST, "ours.loaded"],
  ["compiled", "not-executable", "compiled", "not-executable", "a file of compiled code without execute permission", FILE, MUST, "doc.all-code"],
  ["compiled", "noexec-mount", "compiled", "noexec-mount", "a file of compiled code on a file system mounted noexec", FILE, MUST, "doc.all-code"],
  ["compiled", "held-for-writing", "compiled", "held-for-writing", "an executable file of compiled code that another process holds open for writing", FILE, MUST, "doc.restrict-file"],

  ["native", "executable", "native", "executable", "a native extension of mode 0755", PASSES, OPEN, "ours.native"],
  ["native", "not-executable", "native", "not-executable", "a native extension without execute permission", FILE, [null, "SHOULD", "CHOICE", "SHOULD"], "doc.libraries"],

  ["shebang", "", "shebang", "executable", "an executable file that names the interpreter in its first line", PASSES, MUST, "doc.modes"],
];

// biome-ignore format: a table, one row a channel.
const LOCKED: readonly ChannelRow[] = [
  ["locked", "executable", "script", "executable", "an executable script, with the bits locked", PASSES, [null, "MUST", "MUST", "MUST"], "doc.modes"],
  ["locked", "not-executable", "script", "not-executable", "a script without execute permission, with the bits locked", FILE, [null, "MUST", "MUST", "MUST"], "doc.modes"],
  ["locked", "pipe", "stdin", "pipe", "standard input from a pipe, with the bits locked", USER_COMMANDS, [null, "MUST", "MUST", "MUST"], "doc.modes"],
];

export const CHANNELS: readonly Channel[] = [
  ...ROWS.map((row) => channelOf(row, false)),
  ...LOCKED.map((row) => channelOf(row, true)),
];

function channelOf([group, name, kind, form, ...rest]: ChannelRow, locked: boolean): Channel {
  const [what, expect, levels, from] = rest;
  // A row's kind and form belong together, which the compiler forgets when the row is taken apart.
  const way = { kind, form } as Way;
  return { id: idOf(group, name), group, name, ...way, what, expect, levels, from, locked };
}
