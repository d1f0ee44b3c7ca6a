import { createRequire } from "node:module";
import { constants as os } from "node:os";

// Imported, node:util makes Node open process.stderr (for `util.diff`), and a pipe there is then non-blocking for all who
// share it: a command started after that would meet EAGAIN. Required, it does not.
const { getSystemErrorMap } = createRequire(import.meta.url)("node:util") as typeof import("node:util");

/** An errno as a person looks it up: its name, then its meaning where Node knows one. */
export function errnoText(errno: number): string {
  const text = texts.get(errno) ?? makeText(errno);
  texts.set(errno, text);
  return text;
}

/** They are few, and to look one up takes longer than a system call. */
const texts = new Map<number, string>();

function makeText(errno: number): string {
  const known = getSystemErrorMap().get(-errno);
  // libuv has numbers of its own besides, from 4095 down.
  return known?.[0] === errnoName(errno) ? `${known[0]} (${known[1]})` : errnoName(errno);
}

/** `EACCES` for 13; `errno 4095` for a number that has no name. */
export function errnoName(errno: number): string {
  return Object.entries(os.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${errno}`;
}
