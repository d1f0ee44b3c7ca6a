import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** The source files of the programs, as they are and in the executable, without comments. */
export function sources(): { readonly file: string; readonly code: string }[] {
  const files = globSync(["src/**/*.ts", "packaging/{executable,judge,shut-host,warm-up}.ts"], { cwd: ROOT });
  return files.sort().map((file) => ({
    file,
    code: readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ""),
  }));
}
