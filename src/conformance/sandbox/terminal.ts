/** A pseudo-terminal, and a typist at it. */
import { closeSync, constants, fchownSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ReadStream } from "node:tty";
import { unlockTerminal } from "../../linux/scene-calls.ts";
import type { User } from "./user.ts";

export interface Terminal {
  /** The end that a program gets as its standard streams. */
  readonly fd: number;
  /** Gives all that was shown, once no process holds `fd` any longer. To be called when the program has ended. */
  readonly shown: () => Promise<string>;
  /** To be called once the program has its copies of `fd`. */
  readonly begin: (typist: Typist) => void;
  readonly close: () => void;
}

export interface Typist {
  /** What the program shows when it waits for code; undefined if it shows nothing, and reads to the end of the input. */
  readonly prompt: string | undefined;
  /** What is typed before the end of the input; undefined for nothing. */
  readonly code: string | undefined;
  /** Whether what was shown is all that there is to wait for. */
  readonly isDone: (shown: string) => boolean;
  /** How long to wait for the prompt before typing without it, and for what was typed to run before typing it again. */
  readonly patienceMs: number;
}

const END_OF_INPUT = "\x04";
const KEPT_CHARACTERS = 256 * 1024;

/** A program that shows its prompt after something was typed may have flushed that: so long it has to run it. */
const MAYBE_FLUSHED_MS = 300;

/** How often the code is typed at most. */
const MOST_TYPINGS = 4;

/** How often to end the input again: while a program changes the terminal's mode, what is typed is lost. */
const END_AGAIN_MS = 300;

/** How long to wait, after the program's end, for other processes that hold the terminal. */
const STILL_HELD_MS = 1000;

/**
 * Opens a pseudo-terminal.
 *
 * @throws {KernelError | Error} Where the system gives none.
 */
export function openPseudoTerminal(user: User | undefined): Terminal {
  const flags = constants.O_RDWR | constants.O_NOCTTY;
  const master = openSync("/dev/ptmx", flags);
  const fd = otherSide(master, flags);
  if (user !== undefined) fchownSync(fd, user.uid, user.gid);
  const stream = new ReadStream(master);
  let shown = "";
  let typings = 0;
  let hasPrompted = false;
  let isEnding = false;
  let typist: Typist | undefined;
  let impatient: NodeJS.Timeout | undefined;
  let leaving: NodeJS.Timeout | undefined;
  const look = () => {
    if (typist === undefined || isEnding) return;
    if (typings > 0 && typist.isDone(shown)) return end();
    if (hasPrompted || typist.prompt === undefined || !shown.includes(typist.prompt)) return;
    hasPrompted = true;
    if (typings === 0) type(typist);
    else wait(typist, MAYBE_FLUSHED_MS);
  };
  const type = (who: Typist) => {
    const { code, prompt, patienceMs } = who;
    const line = code === undefined ? "" : `${code.trimEnd()}\n`.replaceAll("\n", "\r");
    typings++;
    // At a prompt, the end of the input comes when the code has run: a prompt that refuses for ever does not end, and
    // that has to be seen.
    keys(prompt === undefined || code === undefined ? line + END_OF_INPUT : line);
    wait(who, patienceMs);
  };
  const wait = (who: Typist, ms: number) => {
    clearTimeout(impatient);
    impatient = setTimeout(() => {
      if (!isEnding && typings < MOST_TYPINGS) type(who);
    }, ms);
  };
  const end = () => {
    isEnding = true;
    clearTimeout(impatient);
    keys(END_OF_INPUT);
    leaving = setInterval(() => keys(END_OF_INPUT), END_AGAIN_MS);
  };
  /** Node types a terminal's stream as one to read, but it is a socket. */
  const keys = (text: string) => {
    if (!stream.destroyed) stream.write(text);
  };
  stream.on("data", (chunk) => {
    if (shown.length < KEPT_CHARACTERS) shown += chunk;
    look();
  });
  // EIO: the other end is closed everywhere, and all that was written to it has been read. That may be after the
  // program's end.
  const hungUp = new Promise<void>((resolve) => stream.on("close", resolve));
  stream.on("error", () => stream.destroy());
  return {
    fd,
    async shown() {
      const enough = new AbortController();
      const { signal } = enough;
      await Promise.race([hungUp, sleep(STILL_HELD_MS, undefined, { signal }).catch(() => {})]);
      enough.abort();
      return shown;
    },
    begin(who) {
      closeSync(fd);
      typist = who;
      wait(who, who.prompt === undefined ? 0 : who.patienceMs);
      look();
    },
    close() {
      clearTimeout(impatient);
      clearInterval(leaving);
      stream.destroy();
    },
  };
}

function otherSide(master: number, flags: number): number {
  try {
    return openSync(`/dev/pts/${unlockTerminal(master)}`, flags);
  } catch (error) {
    closeSync(master);
    throw error;
  }
}
