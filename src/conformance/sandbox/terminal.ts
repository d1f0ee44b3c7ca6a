/** A real pseudo-terminal, and somebody who types at it. */
import { closeSync, constants, fchownSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ReadStream } from "node:tty";
import { unlockTerminal } from "../../linux/scene-calls.ts";
import type { User } from "./user.ts";

export interface Terminal {
  /** The side that a program has as its standard streams. */
  readonly fd: number;
  /** All that was shown, once nothing holds `fd` any longer. To be called when the program has ended. */
  readonly shown: () => Promise<string>;
  /** To be called once the program has its copies of `fd`. */
  readonly begin: (typist: Typist) => void;
  readonly close: () => void;
}

export interface Typist {
  /** What is shown when code is awaited; undefined for a program that shows nothing. */
  readonly prompt: string | undefined;
  /** What is typed first; undefined for somebody who only wants to leave. */
  readonly code: string | undefined;
  /** Is there nothing more to wait for? */
  readonly isDone: (shown: string) => boolean;
}

const END_OF_INPUT = "\x04";
const KEPT_CHARACTERS = 256 * 1024;

/** How long one waits for a prompt that does not come, before typing all the same. */
const NO_PROMPT_MS = 1500;

/** What ends the input while the terminal is on its way to another mode is lost: so it is typed again and again. */
const END_AGAIN_MS = 300;

/** How long one waits, after the program's end, for somebody who still holds the terminal. */
const STILL_HELD_MS = 1000;

/**
 * Opens a terminal.
 *
 * @throws {KernelError | Error} Where there is none to be had.
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
  // EIO: the last copy of the other side is gone, and all that was written to it has been read. The program's end is
  // often seen before its last words are.
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

/** A terminal's stream is made for reading, and is a socket that can be written to nonetheless. */
function writeTo(stream: ReadStream, text: string): void {
  stream.write(text);
}
