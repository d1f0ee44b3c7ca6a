/**
 * The files of `--report KIND=FILE`. Each is prepared before the run, so that nobody waits for a report that cannot
 * be written; and each appears whole, under its name, or not at all.
 */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

export interface ReportFile {
  /** @throws {Error} Where it cannot be written. The file is then what it was. */
  readonly write: (text: string) => void;
  /** If nothing was written, leaves everything as it was. */
  readonly close: () => void;
}

/**
 * Makes sure that a report can be written to this path.
 *
 * @throws {Error} Where it cannot.
 */
export function openReportFile(path: string): ReportFile {
  const existing = statSync(path, { throwIfNoEntry: false });
  // This fails, and says why.
  if (existing?.isDirectory()) closeSync(openSync(path, constants.O_WRONLY));
  // A device, a named pipe or a terminal cannot be replaced by a new file.
  if (existing !== undefined && !existing.isFile()) return openInPlace(path);
  if (existing !== undefined) accessSync(path, constants.W_OK);
  // A link stays: the file that it points to is replaced.
  const target = existing === undefined ? path : realpathSync(path);
  const draft = join(dirname(target), `.${basename(target).slice(0, 200)}.${process.pid}`);
  let fd: number | undefined;
  try {
    fd = openSync(draft, "wx", existing === undefined ? 0o666 : existing.mode & 0o777);
  } catch (error) {
    // The file may be written to, but its folder may not.
    if (existing !== undefined) return openInPlace(path);
    throw error;
  }
  const close = () => {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
    rmSync(draft, { force: true });
  };
  return {
    close,
    write(text) {
      if (fd === undefined) throw new Error("it is closed");
      try {
        writeFileSync(fd, text);
        fsyncSync(fd);
        renameSync(draft, target);
      } finally {
        close();
      }
    },
  };
}

function openInPlace(path: string): ReportFile {
  accessSync(path, constants.W_OK);
  return { close() {}, write: (text) => writeFileSync(path, text) };
}
