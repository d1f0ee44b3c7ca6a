import { canonical, MIN_INTEGER } from "../values/integer.ts";
import { checkTextLength } from "../values/memory.ts";
import type { Integer } from "../values/value.ts";

/** Bytes from outside. All readers share one buffer, so that `?` leaves the rest of its line to `read_line`. */
export interface Input {
  /** The next byte, without taking it; undefined at the end. May be called again there, because a terminal may go on. */
  peek(): number | undefined;
  /** Takes the byte that `peek` gave. */
  skip(): void;
  /** Takes bytes from the buffer, up to and including `last`, or all; none at the end. Valid until more is read. */
  take(last?: number): Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** @param more Gives the next bytes, which are valid until the next call; none at the end. */
export function createInput(more: () => Uint8Array): Input {
  let bytes: Uint8Array = NOTHING;
  let at = 0;
  const fill = () => {
    bytes = NOTHING;
    at = 0;
    bytes = more();
  };
  return {
    peek() {
      if (at === bytes.length) fill();
      return at < bytes.length ? bytes[at] : undefined;
    },
    skip() {
      at++;
    },
    take(last) {
      if (at === bytes.length) fill();
      const from = at;
      const found = last === undefined ? -1 : bytes.indexOf(last, from);
      at = found < 0 ? bytes.length : found + 1;
      return bytes.subarray(from, at);
    },
  };
}

/** What `?` read: an integer, a number of more than 64 bits, or no number. */
export type Asked = { kind: "integer"; value: Integer } | { kind: "too large" } | { kind: "none" };

const LINE_FEED = 10;
const RETURN = 13;
const PLUS = 43;
const MINUS = 45;

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Reads as scanf("%lld") of C does: white space, a sign, digits. A sign without digits is taken too. */
export function readInteger(input: Input): Asked {
  while (isSpace(input.peek())) input.skip();
  const sign = input.peek();
  if (sign === PLUS || sign === MINUS) input.skip();
  let value = 0n;
  let digits = 0;
  for (let byte = input.peek(); isDigit(byte); byte = input.peek()) {
    input.skip();
    digits++;
    // Beyond 64 bits the value does not matter, and to compute it from a million digits would take long.
    if (value <= -MIN_INTEGER) value = value * 10n + BigInt(byte - 48);
  }
  if (digits === 0) return { kind: "none" };
  const integer = canonical(sign === MINUS ? -value : value);
  return integer === undefined ? { kind: "too large" } : { kind: "integer", value: integer };
}

/**
 * The bytes of the next line, without its line end (LF or CRLF); undefined at the end.
 *
 * @throws {ScriptError} As `readBytes`.
 */
export function readLineBytes(input: Input): Uint8Array | undefined {
  const line = readBytes(input, LINE_FEED);
  if (line.length === 0) return undefined;
  if (line.at(-1) !== LINE_FEED) return line;
  return line.subarray(0, line.at(-2) === RETURN ? -2 : -1);
}

/**
 * Takes all bytes up to and including `last`, or to the end. Valid until more is read.
 *
 * @throws {ScriptError} If they are more than a string can hold, as those of /dev/zero are.
 */
export function readBytes(input: Input, last?: number): Uint8Array {
  const first = input.take(last);
  if (last !== undefined && first.at(-1) === last) return first;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = first; piece.length > 0; piece = input.take(last)) {
    length += piece.length;
    checkTextLength(length);
    pieces.push(piece.slice());
    if (piece.at(-1) === last) break;
  }
  return joined(pieces, length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
