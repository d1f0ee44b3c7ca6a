import { userInfo } from "node:os";
import type { TestContext } from "vitest";
import { skipWithReason } from "./skip.ts";

/** The user that a test runs a command as: spawn's options switch to it and drop all groups and capabilities. */
export interface User {
  readonly name: "root" | "unprivileged";
  readonly identity: { readonly uid?: number; readonly gid?: number };
  /** Why nothing can be run as this user here, if so. */
  readonly missing?: string;
}

/** Debian's, Fedora's and Alpine's `nobody`. */
export const NOBODY = 65534;

const isRoot = userInfo().uid === 0;

export const root: User = isRoot
  ? { name: "root", identity: {} }
  : { name: "root", identity: {}, missing: "the tests are not run by root" };

/** `nobody` for root, else whoever runs the tests. */
export const unprivileged: User = {
  name: "unprivileged",
  identity: isRoot ? { uid: NOBODY, gid: NOBODY } : {},
};

/** For `describe.each`, with {@link needs} in a `beforeEach`. */
export const USERS: readonly User[] = [root, unprivileged];

/** Skips a test whose user is not available. */
export function needs(context: TestContext, user: User): void {
  if (user.missing !== undefined) skipWithReason(context, user.missing);
}
