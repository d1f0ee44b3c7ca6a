import { makeOnePiece } from "./text.ts";

/**
 * For loops that do `text = text + part`. V8 keeps a node for each `+` until the text is read. The nodes take ten times the
 * memory of the parts, and live so long that its collector moves them all to the old generation. So the last text is kept
 * here as a head and a tail, and the tail is made one piece when it is long enough: its nodes are freed while young.
 */
const LONG = 1 << 10;
const PIECE = 1 << 12;

/** The last long text that was made: `head + tail`. */
let whole = "";
let head = "";
let tail = "";

/**
 * How often another text may have the same length. Each time both are compared to their ends; after so many, nothing is
 * kept any more.
 */
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
