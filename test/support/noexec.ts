import type { TestContext } from "vitest";
import { temporaryFolder } from "./files.ts";
import { run } from "./run.ts";
import { skipWithReason } from "./skip.ts";
import { root } from "./users.ts";

/**
 * The command, in a mount namespace of its own where `folder`, with all that is in it, is mounted noexec. It is started
 * as whoever runs the tests, who is root in there; set the bits in the command, because a new user namespace resets them.
 */
export function underNoexec(folder: string, argv: readonly string[]): string[] {
  const unshare = root.missing === undefined ? ["unshare", "-m"] : ["unshare", "-Urm"];
  const mount = 'mount --bind "$0" "$0" && mount -o remount,bind,noexec "$0" && exec "$@"';
  return [...unshare, "sh", "-c", mount, folder, ...argv];
}

/** Skips a test where no such mount can be made. */
export async function needsNoexec(context: TestContext): Promise<void> {
  const { status, stderr } = await run(underNoexec(temporaryFolder(), ["true"]));
  if (status !== 0) skipWithReason(context, `no noexec mount can be made: ${stderr.trim()}`);
}
