/** The files that an adapter wants to be there beside the code. */
import { chmodSync, chownSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Entry } from "../adapter/adapter.ts";
import { fill, type Values } from "../adapter/template.ts";
import type { Stage } from "./stage.ts";

/** Before anything else on the stage: a cache is believed only where it is younger than its source. */
const LONG_AGO = new Date("2020-01-01");

export function writeCompanions({ files = [] }: Entry, { home, user }: Stage, values: Values): void {
  for (const { path, text, mode = "644" } of files) {
    const at = join(home, fill(path, values));
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, fill(text, values));
    chmodSync(at, Number.parseInt(mode, 8));
    utimesSync(at, LONG_AGO, LONG_AGO);
    if (user !== undefined) chownSync(at, user.uid, user.gid);
  }
}
