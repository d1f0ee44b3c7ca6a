import { isTerminal } from "../exec-check/exec-check.ts";
import { say } from "../program/output.ts";
import { NO_PROGRESS, progress } from "./messages.ts";

/** Whoever waits less than this needs no word. */
const FIRST_MS = 1000;
const NEXT_MS = 200;

/** The clock is looked at once in so many files. */
const FILES_BETWEEN = 64;

/** Says on a terminal how far a long walk is. */
export interface Progress {
  readonly step: () => void;
  /** Takes away what it wrote. */
  readonly end: () => void;
}

/** @param wanted Whether there is nothing else to see on the terminal. */
export function createProgress(wanted: boolean): Progress {
  if (!wanted || !isTerminal(2)) return { step: () => {}, end: () => {} };
  let files = 0;
  let isShown = false;
  let next = performance.now() + FIRST_MS;
  return {
    step: () => {
      if (++files % FILES_BETWEEN !== 0 || performance.now() < next) return;
      next = performance.now() + NEXT_MS;
      isShown = true;
      say(2, progress(files));
    },
    end: () => {
      if (isShown) say(2, NO_PROGRESS);
    },
  };
}
