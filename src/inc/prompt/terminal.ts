import type { Readable } from "node:stream";
import type { TypeAhead } from "./type-ahead.ts";

/**
 * The terminal of the prompt: raw while a line is edited, as the shell left it while a statement runs.
 *
 * Its bytes go through a queue, so that none is lost and none goes to the wrong reader: the line editor gets them up to
 * an Enter; then the statement runs, and may read what follows; what it leaves is the editor's again.
 */
export interface PromptTerminal {
  /** What the line editor reads. */
  readonly keys: Readable;
  /** Begins to hand out keys one by one. */
  edit(): void;
  /** Lets the terminal edit lines itself, and turn Control-C into a signal. */
  giveBack(): void;
  /** Calls when there is no terminal any more. */
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
    // What was typed while a statement ran was kept by the kernel, and a Control-D in it as a NUL.
    ahead.put(wasCooked ? bytes.map((byte) => (byte === NUL ? CONTROL_D : byte)) : bytes);
    hand();
  });
  return {
    keys,
    edit() {
      // Also out of what a shell made of it meanwhile: Node remembers the mode, and does not set it twice.
      stdin.setRawMode(false);
      stdin.setRawMode(true);
      wasCooked = true;
      // What was there is read in the event loop's next turn; but the kernel may still be about to put it there.
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

/** The line editor takes CR and LF within a tenth of a second for one Enter, which they need not be. */
function withReturn(piece: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(piece)
      .toString("latin1")
      .replace(/[\r\n]+$/, "\r"),
    "latin1",
  );
}
