/**
 * Strings of the language count in characters (code points), those of JavaScript in UTF-16 units. In a string without
 * characters of two units both counts agree. What was found out of the last string is kept, because loops ask again.
 */
let known = "";
/** The unit at which each character of `known` begins; undefined if the counts agree. */
let starts: Uint32Array | undefined;

function startsOf(text: string): Uint32Array | undefined {
  if (text !== known) {
    starts = /[\ud800-\udfff]/.test(text) ? measure(text) : undefined;
    known = text;
  }
  return starts;
}

function measure(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[count++] = i;
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) i++;
  }
  return offsets.subarray(0, count);
}

/** The number of characters. */
export function textLength(text: string): number {
  return startsOf(text)?.length ?? text.length;
}

/** The characters from one index up to another; both must be in range. */
export function textSlice(text: string, from: number, to: number): string {
  const offsets = startsOf(text);
  if (offsets === undefined) return text.slice(from, to);
  return text.slice(offsets[from] ?? text.length, offsets[to] ?? text.length);
}

/** All characters, in order. */
export function characters(text: string): string[] {
  return startsOf(text) === undefined ? text.split("") : Array.from(text);
}

/** The index at which `part` first occurs in `text`; undefined if it does not. */
export function textFind(text: string, part: string): number | undefined {
  const unit = text.indexOf(part);
  if (unit < 0) return undefined;
  const offsets = startsOf(text);
  if (offsets === undefined) return unit;
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether `a` sorts before `b` by code points. By UTF-16 units, characters of two units would sort too early. */
export function textLess(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) < rank(y);
  }
  return a.length < b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Makes V8 store a text that was joined from pieces as one, and free the pieces: it does so before a search. */
export function makeOnePiece(text: string): void {
  /^/.test(text);
}
