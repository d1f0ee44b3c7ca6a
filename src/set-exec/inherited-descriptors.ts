import { fstatSync } from "node:fs";
import { constants as os } from "node:os";
import { KernelError } from "../linux/kernel-error.ts";
import { accessMode, fileSystemType } from "../linux/process-calls.ts";
import { ANON_INODE_FS_MAGIC, PIPEFS_MAGIC } from "../linux/uapi.ts";

/** Up to here Node marks every descriptor that is open. */
const ALWAYS_MARKED = 15;

const LAST_STANDARD_STREAM = 2;

/**
 * The descriptors that were open before Node, which has marked them close-on-exec. Descriptors that Node opened for itself
 * are told apart by what they are: event descriptors, and pipes of which both ends are here.
 *
 * Node marks upwards from 0 until it meets a closed descriptor above 15 (libuv: uv_disable_stdio_inheritance). The same
 * walk finds them all, because none was closed since. It needs no /proc.
 */
export function inheritedDescriptors(): number[] {
  const open: Open[] = [];
  for (let fd = 0; ; fd++) {
    const access = unlessErrno(os.errno.EBADF, () => accessMode(fd));
    if (access !== undefined) open.push({ fd, access, type: unlessErrno("any", () => fileSystemType(fd)) });
    else if (fd > ALWAYS_MARKED) break;
  }
  return open.filter((one) => one.fd <= LAST_STANDARD_STREAM || !isNodes(one, open)).map(({ fd }) => fd);
}

interface Open {
  readonly fd: number;
  /** O_RDONLY, O_WRONLY or O_RDWR. */
  readonly access: number;
  /** The magic number of the file system; undefined where it does not answer, as a FUSE whose server has ended. */
  readonly type: number | undefined;
}

function isNodes(one: Open, open: readonly Open[]): boolean {
  if (one.type === ANON_INODE_FS_MAGIC) return true;
  if (one.type !== PIPEFS_MAGIC) return false;
  const pipe = inodeOf(one);
  return open.some(
    (other) => other.type === PIPEFS_MAGIC && inodeOf(other) === pipe && other.access !== one.access,
  );
}

function inodeOf({ fd }: Open): bigint {
  return fstatSync(fd, { bigint: true }).ino;
}

/** What a call gives; undefined where it fails with this errno. */
function unlessErrno(errno: number | "any", call: () => number): number | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof KernelError && (errno === "any" || error.errno === errno)) return undefined;
    throw error;
  }
}
