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

/** As many lines as are kept from one session to the next. */
const KEPT_LINES = 1000;

const OWNER_ONLY = 0o600;

/** The lines typed at the prompt, in a file of the user's own. Nothing fails for want of it: there is then no history. */
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
  // A name that is no UTF-8 came here as another one.
  return isAbsolute(folder) && !folder.includes("\ufffd") ? join(folder, "inc/history") : undefined;
}

/** What could do something to a terminal that shows it. */
const UNPRINTABLE = /\p{Cc}/u;

function readLines(file: string): string[] {
  try {
    // A pipe of that name must not keep the prompt waiting.
    if (!statSync(file).isFile()) return [];
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    const kept = lines.filter((line) => !UNPRINTABLE.test(line)).slice(-KEPT_LINES);
    if (lines.length > 2 * KEPT_LINES) writeFileSync(file, `${kept.join("\n")}\n`, { mode: OWNER_ONLY });
    return kept;
  } catch {
    return [];
  }
}

/** One by one: where none can be made, as in /proc, Node's own way to make them all tries without end. */
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
    // A read-only home, a full disk: the line is not remembered.
  }
}
