/**
 * Why did a check fail? The kernel's EACCES has many reasons; a person needs the one to act on. Nothing here decides
 * anything: it is asked after the decision, for the message alone, and a wrong guess costs no more than a poor hint.
 */
import { type BigIntStats, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { constants as os } from "node:os";
import { mayExecute } from "../linux/may-execute.ts";
import { fileSystemType, isOnNoexecMount } from "../linux/process-calls.ts";
import { PROC_SUPER_MAGIC, SYSFS_MAGIC } from "../linux/uapi.ts";
import type { FileKind } from "./file-kind.ts";

/** Why a check failed, as far as it can be found out. */
export type Cause =
  | { readonly is: "not a regular file" }
  | { readonly is: "noexec mount"; readonly mount: string }
  | { readonly is: "filesystem without execution"; readonly type: string }
  | { readonly is: "no execute permission"; readonly someoneHasIt: boolean }
  | { readonly is: "open for writing"; readonly by: { pid: number; command: string } | null }
  | { readonly is: "arguments too long" }
  | { readonly is: "kernel without the check" }
  | { readonly is: "call filtered" }
  | { readonly is: "system policy" }
  | { readonly is: "unknown" };

/**
 * Finds the likely cause of a failed check. Never throws: what cannot be looked at is left out.
 *
 * @param fd The checked descriptor, still open.
 * @param stat What fstat says of it.
 * @param errno What the check gave: not 0.
 */
export function causeOf(fd: number, kind: FileKind, stat: BigIntStats, errno: number): Cause {
  const { EACCES, ETXTBSY, E2BIG, EINVAL, EPERM, ENOSYS } = os.errno;
  if (errno === ETXTBSY) return { is: "open for writing", by: writerOf(stat) };
  if (errno === E2BIG) return { is: "arguments too long" };
  if (errno === EINVAL) return { is: "kernel without the check" };
  if (errno === EPERM || errno === ENOSYS) return { is: "call filtered" };
  if (errno !== EACCES) return { is: "unknown" };
  if (kind !== "regular file") return { is: "not a regular file" };

  const mount = quietly(() => isOnNoexecMount(fd)) === true ? mountPointOf(fd) : undefined;
  if (mount !== undefined) return { is: "noexec mount", mount };
  const type = NEVER_EXECUTED[quietly(() => fileSystemType(fd)) ?? 0];
  if (type !== undefined) return { is: "filesystem without execution", type };
  if ((stat.mode & 0o111n) === 0n) return { is: "no execute permission", someoneHasIt: false };
  if (!mayExecute(fd, stat)) return { is: "no execute permission", someoneHasIt: true };
  return { is: "system policy" };
}

/** By their magic numbers: file systems whose files the kernel executes in no mount. */
const NEVER_EXECUTED: Record<number, string> = { [PROC_SUPER_MAGIC]: "proc", [SYSFS_MAGIC]: "sysfs" };

/** The last mount that was looked up: a tree lies on few, and their table is long. */
let lastMount: { readonly id: string; readonly point: string } | undefined;

/** Where the mount is that the descriptor was opened through (proc(5): fdinfo's mnt_id is mountinfo's first field). */
function mountPointOf(fd: number): string | undefined {
  return quietly(() => {
    const id = /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1];
    if (id === undefined) return undefined;
    if (id === lastMount?.id) return lastMount.point;
    const line = readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .find((candidate) => candidate.startsWith(`${id} `));
    const point = line?.split(" ")[4];
    if (point === undefined) return undefined;
    lastMount = { id, point: unescapeOctal(point) };
    return lastMount.point;
  });
}

/** mountinfo writes blanks, line ends and backslashes as `\` and three octal digits. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** A process that holds the same file open for writing, as far as this user may look. */
function writerOf(file: BigIntStats): { pid: number; command: string } | null {
  for (const pid of quietly(() => readdirSync("/proc"))?.filter((name) => /^\d+$/.test(name)) ?? []) {
    for (const fd of quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
      const holds = quietly(() => {
        const held = statSync(`/proc/${pid}/fd/${fd}`, { bigint: true });
        if (held.ino !== file.ino || held.dev !== file.dev) return false;
        const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8"))?.[1] ?? "0";
        return (Number.parseInt(flags, 8) & (constants.O_WRONLY | constants.O_RDWR)) !== 0;
      });
      if (holds === true) {
        const command = quietly(() => readFileSync(`/proc/${pid}/comm`, "utf8").trimEnd());
        return { pid: Number(pid), command: command ?? "?" };
      }
    }
  }
  return null;
}

/** /proc may be missing, and what it shows may vanish while it is read. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
