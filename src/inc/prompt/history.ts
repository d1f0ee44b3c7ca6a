import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** How many lines are kept from one session to the next. */
const KEPT_LINES = 1000;

const OWNER_ONLY = 0o600;

/** The lines typed at the prompt, in a file of the user's. Where there can be no such file, they live as long as the session. */
export interface History {
  /** The lines of this session and of earlier ones, newest first, as readline wants them. */
  readonly lines: readonly string[];
  /** Adds a line to the file at once, so that it outlives whatever ends the session. */
  add(line: string): void;
}

/**
 * Opens the history, making its file (mode 0600) and folders (0700) where they are missing.
 *
 * @param environment XDG_STATE_HOME, if it is an absolute path, else HOME/.local/state: XDG Base Directory Specification.
 */
export function openHistory(environment: Readonly<Record<string, string | undefined>>): History {
  const file = historyFile(environment);
  const lines = file === undefined ? [] : readLines(file).reverse();
  return {
    lines,
    add: (line) => {
      if (line.trim() === "" || UNPRINTABLE.test(line)) return;
      lines.unshift(line);
      if (file !== undefined) append(file, line);
    },
  };
}

function historyFile(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_STATE_HOME: state = "", HOME: home = "" } = environment;
  const folder = isAbsolute(state) ? state : join(home, ".local/state");
  // Node has destroyed a name that is not UTF-8.
  return isAbsolute(folder) && !folder.includes("\ufffd") ? join(folder, "inc/history") : undefined;
}

/** Control characters, which could do something to a terminal that shows them. */
const UNPRINTABLE = /\p{Cc}/u;

function readLines(file: string): string[] {
  try {
    // Opening a FIFO would wait for its writer.
    if (!statSync(file).isFile()) return [];
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    const kept = lines.filter((line) => !UNPRINTABLE.test(line)).slice(-KEPT_LINES);
    if (lines.length > 2 * KEPT_LINES) writeFileSync(file, `${kept.join("\n")}\n`, { mode: OWNER_ONLY });
    return kept;
  } catch {
    return [];
  }
}

/** Makes folders one by one: Node's `recursive` never ends where none can be made, as in /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder, 0o700);
}

const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

function append(file: string, line: string): void {
  try {
    makeFolders(dirname(file));
    const fd = openSync(file, APPENDING | constants.O_NOFOLLOW | constants.O_NONBLOCK, OWNER_ONLY);
    try {
      fchmodSync(fd, OWNER_ONLY);
      writeSync(fd, `${line}\n`);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The home may be read-only, the disk full. The line is then not kept.
  }
}

/**
 * Searches the history, as Ctrl-R does.
 *
 * @param lines Newest first.
 * @returns A function to be told of every key. It gives the line to show instead, where there is one: at each Ctrl-R the next
 *   older line that holds what was typed before the first Ctrl-R.
 */
export function historySearch(
  lines: readonly string[],
): (typed: string, isSeeking: boolean) => string | undefined {
  let sought: { readonly text: string; next: number } | undefined;
  return (typed, isSeeking) => {
    if (!isSeeking) sought = undefined;
    else sought ??= { text: typed, next: 0 };
    if (sought === undefined) return undefined;
    const { text, next } = sought;
    const at = lines.findIndex((line, i) => i >= next && line !== typed && line.includes(text));
    if (at >= 0) sought.next = at + 1;
    return lines[at];
  };
}
