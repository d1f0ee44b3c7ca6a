import type { SourceText } from "../diagnostics/source.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";

/** Everything outside that a running program can reach. The language itself opens nothing. */
export interface World {
  /** What `args()` gives: bytes, because the system promises no text. */
  readonly args: readonly Uint8Array[];
  /**
   * What `env(name)` gives; undefined if it is unset.
   * @throws Unavailable with what to tell the script
   */
  env(name: string): Uint8Array | undefined;
  readonly output: Output;
  readonly errors: Output;
  readonly input: Input;
  /**
   * The bytes of a data file, for `read_file`.
   * @throws Unavailable with what to tell the script
   */
  readData(path: string): Uint8Array;
  /**
   * Opens, checks and reads a module, once for every import that runs.
   * @param path as the import gives it
   * @param from the importing source: the path is relative to its directory
   * @throws Unavailable when it is refused or cannot be read
   */
  loadModule(path: string, from: SourceText): LoadedModule;
}

export interface LoadedModule {
  /** The same for the same file: a module runs once for each identity. */
  readonly identity: string;
  readonly source: SourceText;
  /**
   * Told whether this identity was new. If it was, the file must stay open, so that no other file can get its
   * identity; if not, it can be closed.
   */
  settle(isNew: boolean): void;
}

/** What the outside would not give: an error at the place in the script that asked for it. */
export class Unavailable extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
