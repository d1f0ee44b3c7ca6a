/** A user to run as; undefined, wherever one can be named, for whoever runs the kit. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Whom a case runs as that root is not offered, or that would prove nothing of root. */
export const NOBODY: User = { uid: 65534, gid: 65534 };

/** As setpriv(1) takes a user, for a command that has to be started as root. */
export function asUser(user: User | undefined): string[] {
  if (user === undefined) return [];
  return ["setpriv", "--reuid", String(user.uid), "--regid", String(user.gid), "--clear-groups"];
}
