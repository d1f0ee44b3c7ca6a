/** How koffi's addon is found: the one place that knows the layout of koffi's packages. */
import { closeSync, existsSync, openSync, readSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The addon for this processor and this libc, in the package that koffi's own dependencies name.
 *
 * @returns Its absolute path.
 * @throws {Error} When koffi is not installed, has no addon for this processor, or this libc is none that it is made for.
 */
export function addonPath(): string {
  const koffi = realpathSync(installed("koffi", import.meta.url));
  const folder = `${libcName()}_${process.arch}`;
  return installed(`@koromix/koffi-linux-${process.arch}/${folder}/koffi.node`, `${koffi}/`);
}

/**
 * Looks for a package, or a file of one, where Node would look for it. Node itself reads and checks each package.json on
 * the way, which takes longer than to load the addon.
 */
function installed(name: string, from: string): string {
  const folders = createRequire(from).resolve.paths(name) ?? [];
  const path = folders.map((folder) => join(folder, name)).find((each) => existsSync(each));
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

/** The head of an ELF file, in which the path of its dynamic linker stands. */
const HEAD_BYTES = 4096;

/** The libc that this program is linked to, as koffi's folders call it: told by its dynamic linker. */
function libcName(): "linux" | "musl" {
  const head = Buffer.alloc(HEAD_BYTES);
  const fd = openSync(process.execPath, "r");
  try {
    readSync(fd, head);
  } finally {
    closeSync(fd);
  }
  if (head.includes("/ld-musl-")) return "musl";
  if (head.includes("/ld-linux-")) return "linux";
  throw new Error(`${process.execPath} is linked to a libc that is not known here`);
}
