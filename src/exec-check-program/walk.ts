import {
  type BigIntStats,
  closeSync,
  constants,
  type Dir,
  type Dirent,
  fstatSync,
  opendirSync,
  openSync,
} from "node:fs";
import { O_PATH } from "../linux/uapi.ts";

/** What a walk comes to. A file is open until the next is asked for. */
export type Found =
  | { readonly is: "file"; readonly path: Buffer; readonly fd: number; readonly stat: BigIntStats }
  | {
      readonly is: "unreadable";
      readonly path: Buffer;
      readonly call: "open" | "read";
      readonly errno: number;
    }
  | { readonly is: "link" };

/** A folder in which the walk is: open twice, as the place that names are looked up in, and as the list of these names. */
interface Folder {
  readonly path: Buffer;
  readonly fd: number;
  readonly names: Dir;
}

/** How many names Node asks for and keeps at once. */
const NAMES_AT_ONCE = 256;

/**
 * Comes to the file of a path, and where that is a folder, to each file in it.
 *
 * Each is opened by the folder that it is in, never by its whole path, and with O_PATH: this waits for no FIFO, wakes no
 * device, and wants no permission to read. A link is followed where it is the path that was given, and nowhere else, also
 * where a tree changes meanwhile: so nothing outside of it is looked at. What cannot be opened or read is told, and the walk
 * goes on. Nothing is kept but the folders that lead to where it is.
 *
 * @param path As it was given: all paths in it begin so.
 * @param wanted Which names in folders are looked at; folders themselves always are.
 * @param recursive Whether a folder is gone into, for which /proc is needed; else it is a file as others.
 */
export function* walk(
  path: Buffer,
  recursive: boolean,
  wanted: (name: Buffer) => boolean = () => true,
): Generator<Found, void> {
  const folders: Folder[] = [];
  try {
    yield* visit(path, path, 0);
    for (let folder = folders.at(-1); folder !== undefined; folder = folders.at(-1)) {
      const entry = attempt(() => folder.names.readSync());
      if ("errno" in entry) yield { is: "unreadable", path: folder.path, call: "read", errno: entry.errno };
      if ("errno" in entry || entry.value === null) {
        folders.pop();
        close(folder);
        continue;
      }
      const name = Buffer.from(entry.value.name, "latin1");
      if (isLeaf(entry.value) && !wanted(name)) continue;
      if (entry.value.isSymbolicLink()) yield { is: "link" };
      else {
        const inside = Buffer.concat([Buffer.from(`/proc/self/fd/${folder.fd}/`), name]);
        yield* visit(joined(folder.path, name), inside, constants.O_NOFOLLOW, name);
      }
    }
  } finally {
    for (const folder of folders) close(folder);
  }

  /** @param at How it is opened now; `path` says how it is called. */
  function* visit(path: Buffer, at: Buffer, flags: number, name?: Buffer): Generator<Found, void> {
    const opened = attempt(() => openSync(at, O_PATH | flags));
    if ("errno" in opened) return yield { is: "unreadable", path, call: "open", errno: opened.errno };
    const fd = opened.value;
    let isKept = false;
    try {
      const stat = fstatSync(fd, { bigint: true });
      if (stat.isSymbolicLink()) yield { is: "link" };
      else if (recursive && stat.isDirectory()) {
        const names = attempt(() =>
          opendirSync(`/proc/self/fd/${fd}`, { encoding: "latin1", bufferSize: NAMES_AT_ONCE }),
        );
        if ("errno" in names) return yield { is: "unreadable", path, call: "read", errno: names.errno };
        isKept = true;
        folders.push({ path, fd, names: names.value });
      } else if (name === undefined || wanted(name)) yield { is: "file", path, fd, stat };
    } finally {
      if (!isKept) closeSync(fd);
    }
  }
}

/** Whether an entry is known to be no folder; some file systems do not say what an entry is. */
function isLeaf(entry: Dirent): boolean {
  return (
    entry.isFile() ||
    entry.isSymbolicLink() ||
    entry.isFIFO() ||
    entry.isSocket() ||
    entry.isCharacterDevice() ||
    entry.isBlockDevice()
  );
}

const SLASH = 47;

function joined(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat(folder.at(-1) === SLASH ? [folder, name] : [folder, Buffer.from("/"), name]);
}

function close({ fd, names }: Folder): void {
  names.closeSync();
  closeSync(fd);
}

/** What one of Node's calls gives, or the errno that the system answered. Other errors pass. */
function attempt<T>(call: () => T): { readonly value: T } | { readonly errno: number } {
  try {
    return { value: call() };
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    return { errno: -errno };
  }
}
