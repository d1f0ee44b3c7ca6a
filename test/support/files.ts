import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { User } from "./users.ts";

/** A fresh folder that every user can reach, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "inc-test-"));
  // mkdtemp gives 0700, whatever the umask.
  chmodSync(folder, 0o755);
  // A process that was just killed may still be using it.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Makes a file with exactly this mode, whatever the umask. */
export function makeFile<P extends string | Buffer>(
  path: P,
  mode: number,
  content: string | Uint8Array = "",
): P {
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** Makes a named pipe that every user may open. */
export function makeFifo(path: string): string {
  execFileSync("mkfifo", [path]);
  chmodSync(path, 0o666);
  return path;
}

/** Gives a file to the user of the test. */
export function ownedBy(user: User, path: string): string {
  const { uid, gid } = user.identity;
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  return path;
}
