import { readFileSync } from "node:fs";
import type { Identity } from "./command-line.ts";

/** Node has it on every Unix; its types leave it out. */
type WithInitgroups = NodeJS.Process & { initgroups(user: string, extraGroup: number): void };

/** The user's own group is not known, and none was given. */
export class GroupUnknown extends Error {
  override readonly name = "GroupUnknown";
}

/**
 * Makes this process one of another user's, for good, with their groups; or with one group alone, where it is given. To be
 * called when libc is loaded, which the other user may not be able to reach.
 *
 * @throws {GroupUnknown} Where no group is given, and /etc/passwd names none for this user.
 * @throws The system's error, where this process may not.
 */
export function becomeUser({ uid, gid }: Identity): void {
  if (gid !== undefined) {
    process.setgroups?.([]);
    process.setgid?.(gid);
  } else {
    const entry = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"))
      .find((fields) => fields[2] === String(uid));
    const [name, , , own] = entry ?? [];
    if (name === undefined || own === undefined) throw new GroupUnknown();
    (process as WithInitgroups).initgroups(name, Number(own));
    process.setgid?.(Number(own));
  }
  process.setuid?.(uid);
}
