/**
 * The bytes that were typed before anyone read them, in order. The next reader gets them: the prompt's line editor, or a
 * statement that reads standard input.
 */
export interface TypeAhead {
  put(bytes: Uint8Array): void;
  /** For the line editor: all up to the next Enter, or the begun line; undefined where nothing is typed. */
  keys(): Uint8Array | undefined;
  /** For a statement, as a terminal gives it: a line, or no bytes for Control-D; undefined where nothing is typed. */
  line(): Uint8Array | undefined;
  clear(): void;
}

const CONTROL_D = 4;
const LINE_FEED = 10;
const RETURN = 13;

export function createTypeAhead(): TypeAhead {
  let waiting = Buffer.alloc(0);
  const take = (length: number): Buffer => {
    const taken = Buffer.from(waiting.subarray(0, length));
    waiting = waiting.subarray(length);
    return taken;
  };
  return {
    put(bytes) {
      waiting = Buffer.concat([waiting, bytes]);
    },
    keys() {
      return waiting.length === 0 ? undefined : take(lineLength(waiting));
    },
    line() {
      if (waiting.length === 0) return undefined;
      const line = waiting.subarray(0, lineLength(waiting));
      const end = line.indexOf(CONTROL_D);
      if (end >= 0) return take(end + 1).subarray(0, end);
      const taken = take(line.length);
      if (taken.at(-1) === RETURN) taken[taken.length - 1] = LINE_FEED;
      return taken;
    },
    clear() {
      waiting = Buffer.alloc(0);
    },
  };
}

/** The length of the first line with its end: CR from the key Enter, LF from a terminal that edits lines itself, or CR LF. */
function lineLength(bytes: Buffer): number {
  const at = bytes.findIndex((byte) => byte === LINE_FEED || byte === RETURN);
  if (at < 0) return bytes.length;
  return bytes[at] === RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
}
