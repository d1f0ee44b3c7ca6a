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
