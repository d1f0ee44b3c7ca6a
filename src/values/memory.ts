import { heapBytes } from "../host/host.ts";
import { ScriptError } from "./script-error.ts";

/** A string is at most this long, in UTF-16 units: less than the host can hold, and no one piece of memory is larger. */
export const MAX_TEXT = 1 << 28;
/** A list has at most this many elements: less than the host can hold. */
export const MAX_LIST = 1 << 26;
/** A map has at most this many entries: what the host's hash tables take. */
export const MAX_MAP = 1 << 24;

/**
 * The part of the host's heap that a script may fill. Where four fifths are full and it does not get emptier, the host
 * gives up without a word.
 */
const SHARE = 0.65;
/** How much may be allocated, roughly and in bytes, before the heap is looked at again; less where the heap is small. */
const INTERVAL = 1 << 24;
const LOOKS = 32;

let untilCheck = INTERVAL / LOOKS;

/**
 * Counts what a script allocates and may keep.
 * @param bytes an estimate; what is off by a factor of two does no harm
 * @throws ScriptError when the heap is nearly full
 */
export function charge(bytes: number): void {
  untilCheck -= bytes;
  if (untilCheck < 0) checkHeap(-untilCheck);
}

function checkHeap(bytes: number): void {
  const { used, size } = heapBytes();
  untilCheck = Math.min(INTERVAL, size / LOOKS);
  // What is about to be made in one go counts as made.
  if (used + bytes > size * SHARE) {
    throw new ScriptError(
      `out of memory: the values of this program take ${Math.round((used + bytes) / 2 ** 20)} MB`,
    );
  }
}

/** @throws ScriptError for a string that is longer than strings may be. */
export function checkTextLength(length: number): void {
  if (length > MAX_TEXT) throw new ScriptError(`a string is at most ${MAX_TEXT} long`);
}

/** @throws ScriptError for a list that is longer than lists may be. */
export function checkListLength(elements: number): void {
  if (elements > MAX_LIST) throw new ScriptError(`a list has at most ${MAX_LIST} elements`);
}

/** What a map that is as large as maps may be says to another entry. */
export function tooManyEntries(): ScriptError {
  return new ScriptError(`a map has at most ${MAX_MAP} entries`);
}
