import { fstatSync } from "node:fs";
import { KernelError } from "../linux/kernel-error.ts";
import { accessMode, fileSystemType } from "../linux/process-calls.ts";
import { ANON_INODE_FS_MAGIC, PIPEFS_MAGIC } from "../linux/uapi.ts";

/** Up to here Node marks every descriptor that is open. */
const ALWAYS_MARKED = 15;

const LAST_STANDARD_STREAM = 2;

interface Open {
  readonly fd: number;
  /** The file system's magic number. */
  readonly type: number;
  readonly inode: bigint;
  /** O_RDONLY, O_WRONLY or O_RDWR. */
  readonly access: number;
}

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
    const found = lookAt(fd);
    if (found !== undefined) open.push(found);
    else if (fd > ALWAYS_MARKED) break;
  }
  return open.filter((one) => one.fd <= LAST_STANDARD_STREAM || !isNodes(one, open)).map(({ fd }) => fd);
}

function lookAt(fd: number): Open | undefined {
  try {
    return {
      fd,
      type: fileSystemType(fd),
      inode: fstatSync(fd, { bigint: true }).ino,
      access: accessMode(fd),
    };
  } catch (error) {
    if (error instanceof KernelError) return undefined;
    throw error;
  }
}

function isNodes(one: Open, open: readonly Open[]): boolean {
  if (one.type === ANON_INODE_FS_MAGIC) return true;
  if (one.type !== PIPEFS_MAGIC) return false;
  return open.some(
    ({ type, inode, access }) => type === one.type && inode === one.inode && access !== one.access,
  );
}
