/** Text on its way out. */
export interface Output {
  write(text: string): void;
  /** Writes what is held back. */
  flush(): void;
}

/** Nobody reads the output any more (EPIPE): a program then ends by SIGPIPE, without a message. */
export class OutputClosed {}

/** The output takes nothing more (ENOSPC and the like). */
export class OutputFailed {
  readonly error: Error;

  constructor(error: Error) {
    this.error = error;
  }
}

/** In UTF-16 units. */
const FULL = 1 << 14;

/**
 * An output that gathers text before it writes it.
 *
 * @param send Writes a text. Throws OutputClosed or OutputFailed, and what was not written by then is dropped.
 */
export function createOutput(send: (text: string) => void): Output {
  let held = "";
  const flush = () => {
    if (held === "") return;
    const text = held;
    held = "";
    send(text);
  };
  return {
    write(text) {
      held += text;
      if (held.length >= FULL) flush();
    },
    flush,
  };
}
