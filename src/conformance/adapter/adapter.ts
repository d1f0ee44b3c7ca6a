/** An adapter: all that the kit knows of an interpreter. adapter.schema.json says the same to an editor. */
import type { Enforced } from "../requirements/always.ts";
import type { Kind } from "../requirements/ways.ts";
import type { Program } from "./marker.ts";

/** A file that is there beside the code, made before the run, and long before as far as its time stamps tell. */
export interface CompanionFile {
  /** Relative to the code's folder. */
  readonly path: string;
  readonly text: string;
  /** In octal digits. Default: 644. */
  readonly mode?: string;
}

/** One way in which the interpreter takes code. */
export interface Entry {
  /** Distinguishes the entries of one channel: `-c`, `PERL5OPT`. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The path of the file to be standard input. Default: /dev/null. */
  readonly stdin?: string;
  /** The text of an executable script that is written beforehand; its path is `{main}`. */
  readonly main?: string;
  /** Further files, such as the vetted source that a poisoned cache stands beside. */
  readonly files?: readonly CompanionFile[];
  /** A program to use instead of the adapter's own. */
  readonly program?: Program;
  /** The name of the file that holds the code. It may contain folders. */
  readonly file?: string;
  /** A command that compiles `{source}` to `{file}`. */
  readonly prepare?: readonly string[];
  /** Set where the interpreter does not offer this to root. */
  readonly asOrdinaryUser?: true;
  /** What the terminal shows when it waits for code; left out where it shows nothing, and reads to the end of the input. */
  readonly prompt?: string;
  /** The text of `{main}` that loads `{file}` and then `{again}`, the same file by another path, and then runs the program. */
  readonly again?: string;
}

export interface Adapter {
  readonly name: string;
  readonly title: string;
  /** A name to be looked for in PATH, or a path. */
  readonly interpreter: string;
  /** A command that prints the version in its first line. */
  readonly version?: readonly string[];
  /** The Debian package that brings it. */
  readonly package?: string;
  readonly extension?: string;
  /** What the interpreter always needs: added to the environment of every command, also of `version` and `prepare`. */
  readonly env?: Readonly<Record<string, string>>;
  /** It was written from documentation and has not been tried on the program. */
  readonly uncalibrated?: true;
  /** What this build enforces whether or not the system sets the bit. */
  readonly always?: readonly Enforced[];
  /** The same program built without that, to show that a case works: a name or a path, as of the interpreter. */
  readonly twin?: string;
  readonly program: Program;
  readonly channels: Readonly<Partial<Record<Kind, readonly Entry[]>>>;
}
