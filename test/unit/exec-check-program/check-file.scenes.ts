/** What check-file.test.ts has done in a process of its own (test/support/scene.ts). */
import { spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { type Cause, errnoName } from "../../../src/exec-check/exec-check.ts";
import { checkFile } from "../../../src/exec-check-program/check-file.ts";
import { walk } from "../../../src/exec-check-program/walk.ts";
import * as libc from "../../support/libc.ts";

/** What exec-check says of a file, and what became of a real execution of it: `ok` or the errno's name. */
export interface Compared {
  readonly said: string;
  readonly real: string;
  readonly cause: Cause | undefined;
}

export function compare(
  paths: readonly string[],
  {
    capabilities = "kept",
    landlock = false,
    held = false,
  }: { capabilities?: "kept" | "dropped"; landlock?: boolean; held?: boolean } = {},
): Compared[] {
  if (held) for (const path of paths) openSync(path, "r+");
  if (landlock) libc.forbidExecutionByLandlock();
  if (capabilities === "dropped") libc.dropCapabilities();
  return paths.map((path) => {
    const [found] = [...map(path)];
    const { error } = spawnSync(path, []);
    const real = error === undefined ? "ok" : String((error as NodeJS.ErrnoException).code);
    return { ...(found ?? { said: "nothing", cause: undefined }), real };
  });
}

function* map(path: string): Generator<Omit<Compared, "real">> {
  for (const found of walk(Buffer.from(path), false)) {
    if (found.is !== "file") continue;
    const { check, cause } = checkFile(found.fd, found.path, found.stat);
    yield { said: check === 0 ? "ok" : errnoName(check), cause };
  }
}
