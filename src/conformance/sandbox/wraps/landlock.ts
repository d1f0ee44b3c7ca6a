/** What `--in-landlock-domain FOLDER -- command` does: become the command where nothing beneath FOLDER may be executed. */
import { closeSync, constants, openSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { landlockAllowExecution } from "../../../linux/scene-calls.ts";

/** Opens the path without any right to read it. include/uapi/asm-generic/fcntl.h */
const O_PATH = 0o10000000;

/** A Landlock domain lists what is allowed: all that stands beside the folder and beside the folders it is in. */
export function forbidExecutionBeneath(folder: string): void {
  const allowed: number[] = [];
  for (let at = folder; at !== "/"; at = dirname(at)) {
    const parent = dirname(at);
    for (const entry of readdirSync(parent, { withFileTypes: true })) {
      const path = join(parent, entry.name);
      if (path === at || entry.isSymbolicLink()) continue;
      try {
        allowed.push(openSync(path, O_PATH | constants.O_NOFOLLOW));
      } catch {
        // Gone again, or not for this user: then not for the command either.
      }
    }
  }
  landlockAllowExecution(allowed);
  for (const fd of allowed) closeSync(fd);
}
