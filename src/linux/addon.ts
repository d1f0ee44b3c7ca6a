/** How koffi's addon is found: the one place that knows the layout of koffi's packages. */
import { closeSync, openSync, readSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The head of an ELF file, in which the path of its dynamic linker stands. */
const HEAD_BYTES = 4096;

/**
 * The addon for this processor and this libc, in the package that koffi's own dependencies name.
 *
 * @returns Its absolute path.
 * @throws {Error} When koffi is not installed, has no addon for this processor, or this libc is none that it is made for.
 */
export function addonPath(): string {
  const folder = `${libcName()}_${process.arch}`;
  return createRequire(require.resolve("koffi")).resolve(
    `@koromix/koffi-linux-${process.arch}/${folder}/koffi.node`,
  );
}

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
  throw new Error(`${process.execPath} is linked to no libc that is known here`);
}
