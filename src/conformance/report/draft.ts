/** The file that a report is written to until it is complete. */
import { closeSync, fchmodSync, fstatSync, openSync, readFileSync, rmSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { attributeNames } from "../../linux/scene-calls.ts";

/** A file beside the target, which becomes it when it is complete. */
export interface Draft {
  readonly fd: number;
  readonly path: string;
}

/** Makes a draft that can replace this file and be the same but for its content; undefined where there can be none. */
export function draftFor(target: string, existing: Stats, fd: number): Draft | undefined {
  let draft: Draft;
  try {
    draft = openDraft(target, existing.mode & 0o777);
  } catch {
    // The file may be written to, but its folder may not.
    return undefined;
  }
  const made = fstatSync(draft.fd);
  const isAlike = made.uid === existing.uid && made.gid === existing.gid;
  const mount = mountOf(fd);
  // What a security module writes there, it writes to the draft as well.
  const isPlain = attributeNames(fd).every((name) => name.startsWith("security."));
  if (isAlike && isPlain && mount !== undefined && mountOf(draft.fd) === mount) {
    fchmodSync(draft.fd, existing.mode & 0o777);
    return draft;
  }
  closeSync(draft.fd);
  rmSync(draft.path, { force: true });
  return undefined;
}

/** @throws {Error} Where no file can be made beside the target. */
export function openDraft(target: string, mode: number): Draft {
  const path = join(dirname(target), `.exec-conformance-report.${process.pid}.${++drafts}`);
  return { path, fd: openSync(path, "wx", mode) };
}

let drafts = 0;

/** The mount that an open file is on: a file can be a mount of its own. proc_pid_fdinfo(5); undefined without /proc. */
function mountOf(fd: number): string | undefined {
  try {
    return /^mnt_id:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "latin1"))?.[1];
  } catch {
    return undefined;
  }
}
