/**
 * The files of `--report KIND=FILE`. Each is prepared before the run, so that nobody waits for a report that cannot
 * be written. A file of one's own with one name is replaced, so that it appears whole or not at all. What cannot be replaced,
 * or would become another by it, is written where it stands: a file that is mounted, that has several names, another
 * owner or an access control list, that a dangling link names; a device, a pipe, a descriptor.
 */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeWhole } from "../../program/output.ts";
import { type Draft, draftFor, openDraft } from "./draft.ts";

export interface ReportFile {
  /** What this file is known by: another path to it has one of these, too. Empty where it takes any number of reports. */
  readonly identities: readonly string[];
  /** @throws {Error} Where it cannot be written. What is replaced is then what it was. */
  readonly write: (text: string) => void;
  /** If nothing was written, leaves everything as it was. */
  readonly close: () => void;
}

/** The names of the descriptors that this program was started with. */
const DESCRIPTOR = /^(?:\/dev\/fd|\/proc\/self\/fd)\/(\d+)$/;
const STANDARD: Readonly<Record<string, number>> = { "/dev/stdout": 1, "/dev/stderr": 2 };

/**
 * Makes sure that a report can be written to this path.
 *
 * @throws {Error} Where it cannot.
 */
export function openReportFile(path: string): ReportFile {
  const descriptor = STANDARD[path] ?? DESCRIPTOR.exec(path)?.[1];
  if (descriptor !== undefined) return toDescriptor(Number(descriptor));
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return isLink(path) ? throughLink(path) : byDraft(path, undefined);
  // Opened, it would wait for a reader already now.
  if (existing.isFIFO()) return toPipe(path);
  const fd = openSync(path, constants.O_WRONLY | constants.O_NOCTTY);
  if (!existing.isFile()) return inPlace(fd, [], () => {});
  const target = realpathSync(path);
  const identities = identitiesOf(target, existing);
  const draft = existing.nlink === 1 ? draftFor(target, existing, fd) : undefined;
  if (draft === undefined) return inPlace(fd, identities, () => {});
  closeSync(fd);
  return byDraft(target, draft);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function identitiesOf(target: string, { dev, ino }: Stats): string[] {
  return [target, `${dev}:${ino}`];
}

/** It is open already, and stands where whoever opened it has left it. */
function toDescriptor(fd: number): ReportFile {
  // Says why where it is not open, or not for writing.
  writeSync(fd, "");
  return { identities: [], write: (text) => writeWhole(fd, text), close() {} };
}

function toPipe(path: string): ReportFile {
  accessSync(path, constants.W_OK);
  return { identities: [], write: (text) => writeFileSync(path, text), close() {} };
}

/** The link stays, and the file that it names is made. */
function throughLink(path: string): ReportFile {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o666);
  const target = realpathSync(path);
  return inPlace(fd, identitiesOf(target, fstatSync(fd)), () => rmSync(target, { force: true }));
}

/** @param undo What is to be done where nothing was written. */
function inPlace(descriptor: number, identities: readonly string[], undo: () => void): ReportFile {
  let fd: number | undefined = descriptor;
  let isWritten = false;
  const close = () => {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
    if (!isWritten) undo();
  };
  return {
    identities,
    close,
    write(text) {
      try {
        const open = stillOpen(fd);
        const isFile = fstatSync(open).isFile();
        if (isFile) ftruncateSync(open);
        writeWhole(open, text);
        if (isFile) fsyncSync(open);
        isWritten = true;
      } finally {
        close();
      }
    },
  };
}

/** @param prepared Undefined where the target is not there yet. */
function byDraft(target: string, prepared: Draft | undefined): ReportFile {
  const { fd: descriptor, path } = prepared ?? openDraft(target, 0o666);
  let fd: number | undefined = descriptor;
  const close = () => {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
    rmSync(path, { force: true });
  };
  const folder = realpathSync(dirname(target));
  const there = prepared === undefined ? undefined : statSync(target);
  const name = join(folder, basename(target));
  return {
    identities: there === undefined ? [name] : identitiesOf(name, there),
    close,
    write(text) {
      try {
        const open = stillOpen(fd);
        writeWhole(open, text);
        fsyncSync(open);
        renameSync(path, target);
      } finally {
        close();
      }
    },
  };
}

function stillOpen(fd: number | undefined): number {
  if (fd === undefined) throw new Error("it is closed");
  return fd;
}
