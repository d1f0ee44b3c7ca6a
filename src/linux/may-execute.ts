import { type BigIntStats, readFileSync } from "node:fs";
import { extendedAttribute } from "./file-calls.ts";
import * as uapi from "./uapi.ts";

/** The list as an attribute, by include/uapi/linux/posix_acl_xattr.h: a version, then entries of a tag, bits and an id. */
const HEAD_BYTES = 4;
const ENTRY_BYTES = 8;

/** One line of an access control list: what `id` may do with the file, as far as its three bits go. */
interface Entry {
  readonly tag: number;
  readonly permissions: number;
  readonly id: number;
}

/**
 * Do the file's mode and access control list let this process execute it? By the rules of acl(5), with the effective
 * identity; access(2) goes by the real one, and asks the whole of the system besides.
 *
 * @param fd The file, open in any way.
 * @param stat What fstat says of it.
 */
export function mayExecute(fd: number, stat: BigIntStats): boolean {
  const mode = Number(stat.mode);
  if ((mode & 0o111) !== 0 && overridesPermissions()) return true;
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])];
  const all = accessControlList(fd) ?? entriesOfMode(mode);
  const mask = all.find(({ tag }) => tag === uapi.ACL_MASK)?.permissions ?? 7;
  const allows = ({ tag, permissions }: Entry) =>
    (permissions & (tag === uapi.ACL_USER_OBJ || tag === uapi.ACL_OTHER ? 7 : mask) & 1) !== 0;
  const me = process.geteuid?.();

  if (me === Number(stat.uid)) return all.some((each) => each.tag === uapi.ACL_USER_OBJ && allows(each));
  const user = all.find(({ tag, id }) => tag === uapi.ACL_USER && id === me);
  if (user !== undefined) return allows(user);
  const ofGroups = all.filter(
    ({ tag, id }) =>
      (tag === uapi.ACL_GROUP_OBJ && groups.includes(Number(stat.gid))) ||
      (tag === uapi.ACL_GROUP && groups.includes(id)),
  );
  if (ofGroups.length > 0) return ofGroups.some(allows);
  return all.some((each) => each.tag === uapi.ACL_OTHER && allows(each));
}

/** With this capability, one execute permission of whoever is enough: capabilities(7). */
function overridesPermissions(): boolean {
  try {
    const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return ((BigInt(`0x${effective}`) >> uapi.CAP_DAC_OVERRIDE) & 1n) !== 0n;
  } catch {
    return process.geteuid?.() === 0;
  }
}

function accessControlList(fd: number): Entry[] | undefined {
  const bytes = extendedAttribute(`/proc/self/fd/${fd}`, "system.posix_acl_access");
  if (bytes === undefined) return undefined;
  const entries: Entry[] = [];
  for (let at = HEAD_BYTES; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES)
    entries.push({
      tag: bytes.readUInt16LE(at),
      permissions: bytes.readUInt16LE(at + 2),
      id: bytes.readUInt32LE(at + 4),
    });
  return entries;
}

/** What a mode says, as the list that is equal to it. */
function entriesOfMode(mode: number): Entry[] {
  return [
    { tag: uapi.ACL_USER_OBJ, permissions: (mode >> 6) & 7, id: 0 },
    { tag: uapi.ACL_GROUP_OBJ, permissions: (mode >> 3) & 7, id: 0 },
    { tag: uapi.ACL_OTHER, permissions: mode & 7, id: 0 },
  ];
}
