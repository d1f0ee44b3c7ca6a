import { heapBytes } from "../host/host.ts";
import { ScriptError } from "./script-error.ts";

/** The longest string, in UTF-16 units. V8 could hold longer ones. */
export const MAX_TEXT = 1 << 28;
/** The most elements of a list. V8 could hold more. */
export const MAX_LIST = 1 << 26;
/** The most entries of a map: as many as V8's hash tables take. */
export const MAX_MAP = 1 << 24;

/**
 * The part of the heap that a script may fill. From four fifths on, V8 may end the process without a message.
 */
const SHARE = 0.65;
/** How many bytes may be allocated, roughly, before the heap is measured again; fewer if the heap is small. */
const INTERVAL = 1 << 24;
const LOOKS = 32;

let untilCheck = INTERVAL / LOOKS;

/**
 * Counts what a script allocates and may keep.
 *
 * @param bytes An estimate, which may be wrong by a factor of two.
 * @throws {ScriptError} If the heap is nearly full.
 */
export function charge(bytes: number): void {
  untilCheck -= bytes;
  if (untilCheck < 0) checkHeap(-untilCheck);
}

function checkHeap(bytes: number): void {
  const { used, size } = heapBytes();
  untilCheck = Math.min(INTERVAL, size / LOOKS);
  // What is about to be allocated counts already.
  if (used + bytes > size * SHARE) {
    throw new ScriptError(
      `out of memory: the values of this program take ${Math.round((used + bytes) / 2 ** 20)} MB`,
    );
  }
}

/** @throws {ScriptError} If a string would be too long. */
export function checkTextLength(length: number): void {
  if (length > MAX_TEXT) throw new ScriptError(`a string is at most ${MAX_TEXT} UTF-16 units long`);
}

/** @throws {ScriptError} If a list would be too long. */
export function checkListLength(elements: number): void {
  if (elements > MAX_LIST) throw new ScriptError(`a list has at most ${MAX_LIST} elements`);
}

/** The error for another entry of a map that has as many as it can. */
export function tooManyEntries(): ScriptError {
  return new ScriptError(`a map has at most ${MAX_MAP} entries`);
}
