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
  /** What the program shows when it waits for code; undefined if it shows nothing. */
  readonly prompt: string | undefined;
  /** What is typed before the end of the input; undefined for nothing. */
  readonly code: string | undefined;
  /** Whether what was shown is all that there is to wait for. */
  readonly isDone: (shown: string) => boolean;
}

const END_OF_INPUT = "\x04";
const KEPT_CHARACTERS = 256 * 1024;

/** How long to wait for the prompt before typing without it. */
const NO_PROMPT_MS = 1500;

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
  let typed = 0;
  let typist: Typist | undefined;
  let impatient: NodeJS.Timeout | undefined;
  let leaving: NodeJS.Timeout | undefined;
  const keys = ({ code, prompt }: Typist) => {
    const line = code === undefined ? [] : [`${code.trimEnd()}\n`.replaceAll("\n", "\r")];
    // A program that shows no prompt reads to the end of the input before it runs anything.
    return prompt === undefined ? [[...line, END_OF_INPUT].join("")] : [...line, END_OF_INPUT];
  };
  const look = () => {
    if (typist === undefined) return;
    if (typed === 0 && typist.prompt !== undefined && shown.includes(typist.prompt)) type(typist);
    else if (typed === 1 && typist.isDone(shown)) type(typist);
  };
  const type = (who: Typist) => {
    const next = keys(who)[typed++];
    if (next === undefined || stream.destroyed) return;
    writeTo(stream, next);
    if (next.endsWith(END_OF_INPUT))
      leaving = setInterval(() => stream.destroyed || writeTo(stream, END_OF_INPUT), END_AGAIN_MS);
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
      const patience = who.prompt === undefined ? 0 : NO_PROMPT_MS;
      impatient = setTimeout(() => typed === 0 && type(who), patience);
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

/** Writes to a terminal's stream: Node types it as one to read, but it is a socket. */
function writeTo(stream: ReadStream, text: string): void {
  stream.write(text);
}
