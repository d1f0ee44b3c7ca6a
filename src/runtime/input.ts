import { readSync } from "node:fs";
import { canonical } from "../values/integer.ts";
import { checkTextLength } from "../values/memory.ts";
import type { Integer } from "../values/value.ts";
import { errorCode, waitBriefly, waitForInterrupt } from "./wait.ts";

/** Bytes from a descriptor, one buffer for all who read: `?` leaves the rest of its line to `read_line`. */
export interface Input {
  /** The next byte, left where it is; undefined at the end. May be asked again at the end: a terminal goes on. */
  peek(): number | undefined;
  /** Steps over the byte that was seen. */
  skip(): void;
  /** Bytes that are there, up to a certain one and with it, or all; none at the end. They hold until more is read. */
  take(last?: number): Uint8Array;
}

/**
 * @param ahead bytes that are there before those of the descriptor; none at all where it ends for now
 * @throws a system error (EIO, EISDIR) from `peek`
 */
export function createInput(
  descriptor: number,
  ahead: () => Uint8Array | undefined = () => undefined,
): Input {
  const own = Buffer.alloc(1 << 16);
  let buffer: Uint8Array = own;
  let at = 0;
  let end = 0;
  const fill = () => {
    at = 0;
    const before = ahead();
    buffer = before ?? own;
    end = before?.length ?? 0;
    while (before === undefined) {
      try {
        end = readSync(descriptor, own);
        return;
      } catch (error) {
        const code = errorCode(error);
        if (code === "EOF") return;
        if (code === "EAGAIN") waitBriefly();
        else if (code === "EINTR") waitForInterrupt();
        else throw error;
      }
    }
  };
  return {
    peek() {
      if (at === end) fill();
      return at < end ? buffer[at] : undefined;
    },
    skip() {
      at++;
    },
    take(last) {
      if (at === end) fill();
      const from = at;
      const found = last === undefined ? -1 : buffer.subarray(from, end).indexOf(last);
      at = found < 0 ? end : from + found + 1;
      return buffer.subarray(from, at);
    },
  };
}

/** What `?` found: an integer, digits of more than 64 bits, or nothing. */
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

/** As C's scanf("%lld") reads: white space, a sign, digits; a sign without digits is gone. */
export function readInteger(input: Input): Asked {
  while (isSpace(input.peek())) input.skip();
  const sign = input.peek();
  if (sign === PLUS || sign === MINUS) input.skip();
  let value = 0n;
  let digits = 0;
  for (let byte = input.peek(); isDigit(byte); byte = input.peek()) {
    input.skip();
    digits++;
    // Past 64 bits no digit matters any more, and a million of them would make the number slow.
    if (value < 1n << 70n) value = value * 10n + BigInt(byte - 48);
  }
  if (digits === 0) return { kind: "none" };
  const integer = canonical(sign === MINUS ? -value : value);
  return integer === undefined ? { kind: "too large" } : { kind: "integer", value: integer };
}

/** The bytes of the next line, without its line end (LF or CRLF); undefined at the end. @throws ScriptError as `readBytes` */
export function readLineBytes(input: Input): Uint8Array | undefined {
  const line = readBytes(input, LINE_FEED);
  if (line.length === 0) return undefined;
  if (line.at(-1) !== LINE_FEED) return line;
  return line.subarray(0, line.at(-2) === RETURN ? -2 : -1);
}

/**
 * Bytes up to a certain one and with it, or all to the end.
 * @throws ScriptError where they are more than a string can hold: /dev/zero has no end
 */
export function readBytes(input: Input, last?: number): Uint8Array {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let piece = input.take(last); piece.length > 0; piece = input.take(last)) {
    length += piece.length;
    checkTextLength(length);
    pieces.push(Buffer.from(piece));
    if (piece.at(-1) === last) break;
  }
  return Buffer.concat(pieces, length);
}
