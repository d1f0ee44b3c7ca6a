import type { Readable } from "node:stream";
import type { TypeAhead } from "./type-ahead.ts";

/**
 * The terminal of the prompt: raw while a line is edited, as the shell left it while a statement runs.
 *
 * Its bytes go through a queue, so that none is lost and none goes to the wrong reader. The line editor gets them up to an
 * Enter. The statement that then runs may read what follows, and the editor gets the rest.
 */
export interface PromptTerminal {
  /** The keys, for the line editor. */
  readonly keys: Readable;
  /** Makes the terminal raw: each key comes as it is typed, Control-C too. */
  edit(): void;
  /** Makes the terminal as the shell left it: it edits lines itself, and Control-C is a signal. */
  giveBack(): void;
  /** Calls back when the terminal is gone. */
  onHangUp(call: () => void): void;
  close(): void;
}

const NUL = 0;
const CONTROL_D = 4;

/** Takes standard input as the prompt's terminal. */
export async function promptTerminal(ahead: TypeAhead): Promise<PromptTerminal> {
  const { Readable } = await import("node:stream");
  const { stdin } = process;
  const keys = new Readable({ read() {} });
  let wasCooked = false;
  let soon: NodeJS.Timeout | undefined;
  let handing = false;
  let closed = false;
  const hand = () => {
    if (handing) return;
    handing = true;
    for (let piece = ahead.keys(); piece !== undefined && !closed; piece = ahead.keys())
      keys.emit("data", withReturn(piece));
    handing = false;
  };
  stdin.on("data", (bytes: Buffer) => {
    // The kernel kept what was typed while a statement ran, and turned a Control-D in it into a NUL.
    ahead.put(wasCooked ? bytes.map((byte) => (byte === NUL ? CONTROL_D : byte)) : bytes);
    hand();
  });
  return {
    keys,
    edit() {
      // Node remembers that the terminal is raw and would do nothing; but a shell may have changed it meanwhile.
      stdin.setRawMode(false);
      stdin.setRawMode(true);
      wasCooked = true;
      // The event loop reads what was kept in its next turn; the kernel may need a moment to put it there.
      clearTimeout(soon);
      soon = setTimeout(() => setImmediate(() => setImmediate(() => (wasCooked = false))), 100);
    },
    giveBack: () => void stdin.setRawMode(false),
    onHangUp(call) {
      stdin.on("end", call);
      stdin.on("error", call);
      process.stderr.on("error", call);
    },
    close() {
      closed = true;
      clearTimeout(soon);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

/** Ends a piece with CR alone: the line editor would take CR and a later LF for one Enter. */
function withReturn(piece: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(piece)
      .toString("latin1")
      .replace(/[\r\n]+$/, "\r"),
    "latin1",
  );
}
