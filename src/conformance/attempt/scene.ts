/** What a form is built from, what a builder gives, and the steps that builders share. Nothing is simulated. */
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { memfdCreate, pipe2 } from "../../linux/scene-calls.ts";
import type { Missing } from "../sandbox/missing.ts";
import type { User } from "../sandbox/user.ts";
import type { Folder, Workplace } from "../sandbox/workplace.ts";
import type { Wrapper } from "../sandbox/wraps/wrap.ts";

/** What a builder works with. */
export interface Scene {
  readonly workplace: Workplace;
  readonly folder: Folder;
  /** The name of the file for the code, which may contain folders. */
  readonly name: string;
  readonly path: string;
  /** The content for the file. */
  readonly code: Uint8Array;
  /** A program with a marker of its own, to stand before the code; empty where the adapter's program cannot. */
  readonly head: Uint8Array;
  readonly user: User | undefined;
  /** Takes a descriptor, to close it when the attempt is over; gives it back. */
  readonly own: (fd: number) => number;
}

/** What the interpreter is given. Unless a builder says otherwise: the scene's path and folder, and no input. */
export interface Given {
  /** The path that the interpreter is given. */
  readonly file: string;
  /** The folder that `file` is in. */
  readonly folder: string;
  /** A second path to the same file. */
  readonly again?: string;
  readonly stdin: number | "socket" | "ignore";
  /** Whether its standard streams are a terminal. */
  readonly terminal: boolean;
  /** What is typed there instead of the code. */
  readonly typed?: string;
  /** Descriptors that the child gets as 3, 4 and so on. */
  readonly passed: readonly number[];
  /** The path of a named pipe that the code has to be written into. */
  readonly fifo?: string;
  /** What is put before the command. */
  readonly wrapper?: Wrapper;
}

/** What a builder gives: how it differs from the usual, or what is missing here to build it. */
export type Built = Partial<Given> | Missing;

/** Builds a form. */
export type Builder = (scene: Scene) => Built;

/** A builder for every form of these. */
export type BuildersOf<Form extends string> = Readonly<Record<Form, Builder>>;

/** The number that a child gives the first descriptor that is passed on. */
const FIRST_PASSED = 3;

/** Writes the code into a file of this mode, at the scene's path or at another; gives the path. */
export function write({ path, code, user }: Scene, mode: number, at: string = path): string {
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, code);
  chmodSync(at, mode);
  if (user !== undefined) chownSync(at, user.uid, user.gid);
  return at;
}

/** Writes the code into a file of this mode in a folder of its own, and links to it from the scene's path. */
export function link(scene: Scene, mode: number): string {
  const target = write(scene, mode, join(scene.folder.path, "target", scene.name));
  mkdirSync(dirname(scene.path), { recursive: true });
  symlinkSync(target, scene.path);
  return scene.path;
}

/** Opens a file for reading. */
export function read({ own }: Scene, path: string): number {
  return own(openSync(path, constants.O_RDONLY));
}

/** Makes a pipe with the code in it, which fits into the pipe's buffer. Gives the end to read from. */
export function pipe({ code, user, own }: Scene): number {
  const [from, into] = pipe2();
  writeSync(into, code);
  closeSync(into);
  if (user !== undefined) fchownSync(from, user.uid, user.gid);
  return own(from);
}

/** Makes a memfd of this mode with the code in it. */
export function memfd({ code, user, own }: Scene, mode: number): number {
  const fd = own(memfdCreate("code"));
  writeSync(fd, code);
  fchmodSync(fd, mode);
  if (user !== undefined) fchownSync(fd, user.uid, user.gid);
  return fd;
}

/** Passes a descriptor on, and gives the path that names it. */
export function pass(fd: number, by: "/proc/self/fd" | "/dev/fd" = "/proc/self/fd"): Partial<Given> {
  return { file: `${by}/${FIRST_PASSED}`, passed: [fd] };
}
