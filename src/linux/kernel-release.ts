import { checked, declared } from "./libc.ts";

/** struct utsname: six strings, each in this many bytes; the third one is the release. */
const FIELD_BYTES = 65;
const FIELDS = 6;
const RELEASE = 2;

const uname = declared("int uname(void *name)");

/**
 * The release of the kernel that runs now: uname(2). `node:os` reads it once, which in the executable was when it was built.
 *
 * @throws {KernelError} When libc cannot be loaded.
 */
export function kernelRelease(): string {
  const name = Buffer.alloc(FIELDS * FIELD_BYTES);
  checked("uname", uname(name));
  const field = name.subarray(RELEASE * FIELD_BYTES, (RELEASE + 1) * FIELD_BYTES);
  return field.toString("latin1", 0, field.indexOf(0));
}
