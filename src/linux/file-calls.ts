/** Calls of libc about files. They throw a {@link KernelError} where libc cannot be loaded. */
import { declared } from "./libc.ts";

/** Larger than any list of access that a file system of Linux holds: as much as an attribute may have. */
const ATTRIBUTE_BYTES = 65536;

const getxattr = declared("long getxattr(const char *path, const char *name, void *value, ulong size)");
const fnmatch = declared("int fnmatch(const void *pattern, const void *name, int flags)");

/** `getxattr(path, name)`: the attribute's bytes; undefined where there is none, or it cannot be read. See xattr(7). */
export function extendedAttribute(path: string, name: string): Buffer | undefined {
  const value = Buffer.alloc(ATTRIBUTE_BYTES);
  const size = getxattr(path, name, value, value.length);
  return size === -1 ? undefined : value.subarray(0, size);
}

/**
 * A shell's pattern, as `find -name` takes one: `fnmatch(pattern, name, 0)` of fnmatch(3). In glibc it goes by bytes, because
 * Node sets no locale.
 *
 * @param pattern As bytes without a final NUL; so is the name.
 */
export function nameMatcher(pattern: Uint8Array): (name: Uint8Array) => boolean {
  const end = Buffer.alloc(1);
  const wanted = Buffer.concat([pattern, end]);
  return (name) => fnmatch(wanted, Buffer.concat([name, end]), 0) === 0;
}
