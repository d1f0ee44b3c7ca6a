/** What `--in-landlock-domain FOLDER -- COMMAND` does first: nothing beneath FOLDER may be executed any more. */
import { closeSync, constants, openSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { landlockAllowExecution } from "../../../linux/scene-calls.ts";
import { O_PATH } from "../../../linux/uapi.ts";

/** Enters a Landlock domain that allows everything beside the folder, and beside each folder that it is in. */
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
        // It is gone, or this user may not open it, nor may then the command.
      }
    }
  }
  landlockAllowExecution(allowed);
  for (const fd of allowed) closeSync(fd);
}
