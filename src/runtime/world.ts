import type { SourceText } from "../diagnostics/source.ts";
import { ScriptError } from "../values/script-error.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";

/** Everything outside that a running program can reach. The language itself opens and reads nothing. */
export interface World {
  /** What `args()` gives. Bytes, because arguments need not be text. */
  readonly args: readonly Uint8Array[];
  /**
   * What `env(name)` gives; undefined if it is unset.
   *
   * @throws {Unavailable}
   */
  env(name: string): Uint8Array | undefined;
  readonly output: Output;
  readonly errors: Output;
  readonly input: Input;
  /**
   * The bytes of a data file, for `read_file`.
   *
   * @throws {Unavailable}
   */
  readData(path: string): Uint8Array;
  /**
   * Opens, checks and reads a module. Called for each import that runs, also of a module that has run already.
   *
   * @param path As the import gives it.
   * @param from The importing source: the path is relative to its directory.
   * @throws {Unavailable} If the module is refused or cannot be read.
   */
  loadModule(path: string, from: SourceText): LoadedModule;
}

export interface LoadedModule {
  /** The same for the same file. A module runs once for each identity. */
  readonly identity: string;
  readonly source: SourceText;
  /**
   * Called with whether the identity was new. If so, the file must stay open, so that no other file gets its identity;
   * otherwise it can be closed.
   */
  settle(isNew: boolean): void;
}

/** The outside refuses or cannot give something. It becomes an error where the script asked for it. */
export class Unavailable extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Asks the outside for something. What it cannot give is an error of the script. */
export function available<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unavailable) throw new ScriptError(error.message, error.hint);
    throw error;
  }
}
