/** A user to run as. Undefined stands for whoever runs the kit. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The user for cases that are not offered to root, or that would prove nothing as root. */
export const NOBODY: User = { uid: 65534, gid: 65534 };

/** Puts a change of the user (setpriv(1)) before a command that has to be started as root. */
export function asUser(user: User | undefined): string[] {
  if (user === undefined) return [];
  return ["setpriv", "--reuid", String(user.uid), "--regid", String(user.gid), "--clear-groups"];
}

/**
 * Does something, at once and to its end, as another user; takes root. The real ids stay, and with them the way back. The
 * effective ones decide what may be opened and executed, and root's capabilities go with them.
 *
 * @param user Undefined for whoever runs the kit.
 */
export function actAs<T>(user: User | undefined, act: () => T): T {
  if (user === undefined) return act();
  const [groups, gid, uid] = [process.getgroups?.() ?? [], process.getegid?.(), process.geteuid?.()];
  process.setgroups?.([]);
  process.setegid?.(user.gid);
  process.seteuid?.(user.uid);
  try {
    return act();
  } finally {
    process.seteuid?.(uid as number);
    process.setegid?.(gid as number);
    process.setgroups?.(groups);
  }
}
