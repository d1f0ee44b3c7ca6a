/** What a form is built from, what comes of it, and what builders share. Everything is real: nothing is simulated. */
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
  /** The name of the code's file, which may hold folders; and its path. */
  readonly name: string;
  readonly path: string;
  /** What the file holds. */
  readonly code: Uint8Array;
  /** A program with a marker of its own, to stand before the code; empty where the adapter's program cannot. */
  readonly head: Uint8Array;
  readonly user: User | undefined;
  /** Has a descriptor closed when the attempt is over; gives it back. */
  readonly own: (fd: number) => number;
}

/** What the interpreter is given. Where a builder says nothing else: the path of the scene, and no input. */
export interface Given {
  /** The path that the interpreter is given. */
  readonly file: string;
  /** The folder that this path is in, or another path of the same folder. */
  readonly folder: string;
  /** A second path of the same file. */
  readonly again?: string;
  readonly stdin: number | "socket" | "ignore";
  /** Its standard streams are a terminal. */
  readonly terminal: boolean;
  /** Descriptors that are passed on as 3, 4 and so on. */
  readonly passed: readonly number[];
  /** A named pipe that the code has to be written into, once somebody reads it. */
  readonly fifo?: string;
  /** Put before the command. */
  readonly wrapper?: Wrapper;
}

/** What the interpreter is given other than usual; or what that takes and is not to be had here. */
export type Built = Partial<Given> | Missing;

/** Builds a form. */
export type Builder = (scene: Scene) => Built;

/** A builder for every form of these. */
export type BuildersOf<Form extends string> = Readonly<Record<Form, Builder>>;

/** Where a child finds the first descriptor that is passed on. */
export const FIRST_PASSED = 3;

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

/** Opens a file to be read. */
export function read({ own }: Scene, path: string): number {
  return own(openSync(path, constants.O_RDONLY));
}

/** A pipe with the code in it. The code fits into a pipe's buffer, so that nobody has to stand at the other end. */
export function pipe({ code, user, own }: Scene): number {
  const [from, into] = pipe2();
  writeSync(into, code);
  closeSync(into);
  if (user !== undefined) fchownSync(from, user.uid, user.gid);
  return own(from);
}

/** A file of this mode with the code in it, which only its descriptor leads to. */
export function memfd({ code, user, own }: Scene, mode: number): number {
  const fd = own(memfdCreate("code"));
  writeSync(fd, code);
  fchmodSync(fd, mode);
  if (user !== undefined) fchownSync(fd, user.uid, user.gid);
  return fd;
}

/** Passes a descriptor on, and names it by a path. */
export function pass(fd: number, by: "/proc/self/fd" | "/dev/fd" = "/proc/self/fd"): Partial<Given> {
  return { file: `${by}/${FIRST_PASSED}`, passed: [fd] };
}
