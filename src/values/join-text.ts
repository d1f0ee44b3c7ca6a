import { makeOnePiece } from "./text.ts";

/**
 * `text = text + part` again and again. The host keeps a node for each joint until somebody reads the text, ten times what
 * the parts hold, and its collector moves them all from one generation to the next. So the last text is remembered as a
 * head and a tail, and the tail becomes one piece when it is long enough: nodes then die as young as they are cheap.
 */
const LONG = 1 << 10;
const PIECE = 1 << 12;

/** `head + tail`, the last long text that was made. */
let whole = "";
let head = "";
let tail = "";

/** A text that is as long but not the same costs a comparison of both. Where that happens often, nothing is remembered. */
const MOST_ALIKE = 100;
let alike = 0;

/** `a + b` */
export function joinText(a: string, b: string): string {
  if (a.length < LONG || alike === MOST_ALIKE) return a + b;
  if (a !== whole) {
    if (a.length === whole.length) alike++;
    head = a;
    tail = "";
  }
  tail += b;
  if (tail.length < PIECE) {
    whole = head + tail;
  } else {
    makeOnePiece(tail);
    head += tail;
    whole = head;
    tail = "";
  }
  return whole;
}
