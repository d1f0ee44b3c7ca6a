import type { Mode } from "../../exec-check/exec-check.ts";
import type { Group } from "./groups.ts";

/**
 * Makes the id of a requirement or of a channel, such as `file.executable.mode-1`. Nothing takes an id apart: what it
 * says are fields of what it belongs to.
 *
 * @param name What distinguishes it within the group; empty where the group has only one.
 */
export function idOf(group: Group, name: string, mode?: Mode): string {
  const parts = [group, name, mode === undefined ? "" : `mode-${mode}`];
  return parts.filter((part) => part !== "").join(".");
}

/** The present id of what had one for each errno once: `fault.ENOSYS.script.mode-1`. Any other id stays as it is. */
export function withoutErrno(id: string): string {
  return id.replace(/^fault\.E[A-Z0-9]+\./, "fault.");
}
