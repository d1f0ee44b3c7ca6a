/** Sets the scene for one attempt: the code is put where its form wants it, and nothing is simulated. */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  mkdirSync,
  openSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { errnoName, KernelError } from "../../exec-check/exec-check.ts";
import { landlockVersion, memfdCreate, mkfifo, pipe2 } from "../../linux/scene-calls.ts";
import type { Form, Kind } from "../requirements/requirements.ts";
import type { User } from "../sandbox/launch.ts";
import { NOBODY, type Workplace, type Wrap } from "../sandbox/workplace.ts";

export interface Stage {
  /** The path that the interpreter is given. */
  readonly file: string;
  /** A second path of the same file. */
  readonly again?: string;
  readonly folder: string;
  readonly stdin: number | "socket" | "ignore";
  readonly terminal?: true;
  readonly extra: readonly number[];
  /** A named pipe that the code has to be written into, once somebody reads it. */
  readonly fifo?: string;
  readonly user: User | undefined;
  readonly wrap?: Wrap;
  readonly wrapSetsBits: boolean;
  readonly close: () => void;
}

export type Missing = { readonly missing: string };

interface Scene {
  readonly kind: Kind;
  readonly form: Form;
  /** The file's name, which may hold folders. */
  readonly name: string;
  /** What the file holds. */
  readonly code: Uint8Array;
  readonly asOrdinaryUser: boolean;
}

/** Where in a child its fourth descriptor is found: the first that is passed on. */
const PASSED = 3;

/** Builds a form. */
export function setStage(
  place: Workplace,
  { kind, form, name, code, asOrdinaryUser }: Scene,
): Stage | Missing {
  const isForNoRoot = asOrdinaryUser || form === "owner-lacks-x";
  const user = isForNoRoot && place.canRunAsOthers && place.user === undefined ? NOBODY : place.user;
  if (asOrdinaryUser && (user?.uid ?? process.getuid?.()) === 0)
    return { missing: "root is not offered this, and it cannot be tried as another user here" };
  const folder = place.folder(user);
  const path = join(folder.path, name);
  const opened: number[] = [];
  const own = (fd: number) => {
    opened.push(fd);
    return fd;
  };
  const write = (mode: number, at = path) => {
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, code);
    chmodSync(at, mode);
    if (user !== undefined) chownSync(at, user.uid, user.gid);
    return at;
  };
  const linked = (mode: number) => {
    const target = write(mode, join(folder.path, "target", name));
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
    return path;
  };
  const reading = (at: string) => own(openSync(at, constants.O_RDONLY));
  const pipe = () => {
    const [read, write] = pipe2();
    // The text fits into a pipe's buffer, so that nobody has to stand at the other end.
    writeSync(write, code);
    closeSync(write);
    if (user !== undefined) fchownSync(read, user.uid, user.gid);
    return own(read);
  };
  const memfd = (mode: number) => {
    const fd = own(memfdCreate("code"));
    writeSync(fd, code);
    fchmodSync(fd, mode);
    if (user !== undefined) fchownSync(fd, user.uid, user.gid);
    return fd;
  };
  const deleted = (mode: number) => {
    const fd = reading(write(mode));
    unlinkSync(path);
    return fd;
  };
  const close = () => {
    for (const fd of opened) closeSync(fd);
  };
  const plain = {
    file: path,
    folder: folder.path,
    stdin: "ignore" as const,
    extra: [],
    user,
    wrapSetsBits: false,
    close,
  };
  const passed = (fd: number) => ({ ...plain, file: `/proc/self/fd/${PASSED}`, extra: [fd] });
  try {
    if (kind === "stdin") return standardInput();
    switch (form) {
      case "text":
        return plain;
      case "executable":
        write(0o755);
        return plain;
      case "not-executable":
        write(0o644);
        return plain;
      case "owner-lacks-x":
        write(0o655);
        if (user === undefined && mayExecute(path))
          return { missing: "root may execute it all the same, and cannot become another user here" };
        return plain;
      case "symlink-to-executable":
        return { ...plain, file: linked(0o755) };
      case "symlink-to-not-executable":
        return { ...plain, file: linked(0o644) };
      case "held-for-writing":
        own(openSync(write(0o755), constants.O_RDWR));
        return plain;
      case "deleted-executable":
        return passed(deleted(0o755));
      case "deleted-not-executable":
        return passed(deleted(0o644));
      case "memfd-executable":
        return passed(memfd(0o777));
      case "memfd-not-executable":
        return passed(memfd(0o600));
      case "landlock": {
        if (landlockVersion() === 0) return { missing: "this kernel has no Landlock in force" };
        write(0o755);
        return { ...plain, wrap: (argv) => [...place.landlock(folder.path), ...argv] };
      }
      case "noexec-mount":
      case "again-through-noexec": {
        if ("missing" in place.noexec) return place.noexec;
        write(0o755);
        const hidden = join(folder.noexec, name);
        const { wrap, setsBits } = place.noexec;
        const paths =
          form === "noexec-mount" ? { file: hidden, folder: folder.noexec } : { file: path, again: hidden };
        return { ...plain, ...paths, wrap, wrapSetsBits: setsBits };
      }
      case "dev-stdin-file":
        return { ...plain, file: "/dev/stdin", stdin: reading(write(0o644)) };
      case "dev-stdin-pipe":
        return { ...plain, file: "/dev/stdin", stdin: pipe() };
      case "proc-fd-pipe":
        return passed(pipe());
      case "dev-fd-pipe":
        return { ...passed(pipe()), file: `/dev/fd/${PASSED}` };
      case "fifo":
        mkdirSync(dirname(path), { recursive: true });
        mkfifo(path);
        if (user !== undefined) chownSync(path, user.uid, user.gid);
        return { ...plain, fifo: path };
      case "dev-stdin-terminal":
        return { ...plain, file: "/dev/stdin", terminal: true };
      case "terminal":
        return { ...plain, terminal: true };
      case "pipe":
      case "socket":
        throw new TypeError(`${form} is a form of standard input`);
    }
  } catch (error) {
    close();
    throw error;
  }

  function standardInput(): Stage | Missing {
    switch (form) {
      case "pipe":
        return { ...plain, stdin: pipe() };
      case "socket":
        return { ...plain, stdin: "socket" };
      case "noexec-mount": {
        if ("missing" in place.noexec) return place.noexec;
        write(0o755);
        const { wrap, setsBits } = place.noexec;
        const hidden = join(folder.noexec, name);
        // Opened by a shell, because it has to be opened through that mount.
        const redirect = ["sh", "-c", 'exec "$@" < "$0"', hidden];
        return {
          ...plain,
          wrap: (argv, mode, as) => wrap([...redirect, ...argv], mode, as),
          wrapSetsBits: setsBits,
        };
      }
      default:
        return { ...plain, stdin: reading(write(form === "executable" ? 0o755 : 0o644)) };
    }
  }
}

function mayExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What an error says of the place where one is; undefined if it is a fault of the program. */
export function whyNotHere(error: unknown): string | undefined {
  if (error instanceof KernelError)
    return `${error.call}: ${error.errno === undefined ? error.reason : errnoName(error.errno)}`;
  return error instanceof Error && "syscall" in error ? error.message : undefined;
}
