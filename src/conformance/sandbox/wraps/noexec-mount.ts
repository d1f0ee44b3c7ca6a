/** A bind mount with noexec, in a mount namespace: only a wrapped command sees it. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Missing } from "../missing.ts";
import { lookAfter } from "../strays.ts";
import { asUser } from "../user.ts";
import { settingBits } from "./locked-bits.ts";
import { failureOf, firstLine, type Offer } from "./wrap.ts";

/** Where files are written, and where the same files are found on the mount. */
export interface MountedFolders {
  readonly work: string;
  readonly mounted: string;
}

/** The mount, and how to end it. */
export interface NoexecMount {
  readonly offer: Offer;
  readonly close: () => void;
}

const MOUNT = 'mount --bind "$0" "$1" && mount -o remount,bind,noexec,nosuid,nodev "$1"';

/** Mounts once for the whole run, where the kit has the privilege; else anew for each command. */
export async function noexecMount(folders: MountedFolders, setExec: readonly string[]): Promise<NoexecMount> {
  const nothing = () => {};
  if (process.getuid?.() !== 0) return { offer: inOwnNamespace(folders, setExec), close: nothing };
  const keeper = await keepNamespace(folders);
  const close = "missing" in keeper ? nothing : () => keeper.kill("SIGKILL");
  const kept = throughKeeper(keeper);
  if (!("missing" in kept)) return { offer: kept, close };
  // In a container, root may have no more privilege than anybody else.
  const own = inOwnNamespace(folders, setExec);
  return { offer: "missing" in own ? kept : own, close };
}

/** Starts a process that keeps a mount namespace for the whole run. */
function keepNamespace({ work, mounted }: MountedFolders): Promise<ChildProcess | Missing> {
  const args = ["--mount", "--propagation", "private", "sh", "-c", `${MOUNT} && echo ready && exec cat`];
  // It ends when its standard input does, which is when the kit ends.
  const child = spawn("unshare", [...args, work, mounted], { stdio: ["pipe", "pipe", "pipe"] });
  lookAfter(child);
  return new Promise((resolve) => {
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    child.stdin.on("error", () => {});
    child.on("error", (error) => resolve({ missing: `unshare: ${error.message}` }));
    child.on("exit", () =>
      resolve({
        missing: `no noexec mount can be made here: ${firstLine(said) ?? "unshare ended without a word"}`,
      }),
    );
    child.stdout.on("data", () => resolve(child));
  });
}

/** Commands enter the kept namespace and keep their bits. Entering takes a privilege: the user is changed after it. */
function throughKeeper(keeper: ChildProcess | Missing): Offer {
  if ("missing" in keeper) return keeper;
  const enter = ["nsenter", `--mount=/proc/${keeper.pid}/ns/mnt`, "--"];
  const failure = failureOf(enter);
  if (failure !== undefined) return { missing: `no mount namespace can be entered here: ${failure}` };
  return {
    setsBits: false,
    setsUser: true,
    wrap: (argv, _mode, user) => [...enter, ...asUser(user), ...argv],
  };
}

/** Each command gets a user namespace of its own. Entering one resets the bits: they are set inside, last. */
function inOwnNamespace({ work, mounted }: MountedFolders, setExec: readonly string[]): Offer {
  const enter = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
  const run = (argv: readonly string[]) => [
    ...enter,
    `${MOUNT} && shift && exec "$@"`,
    work,
    mounted,
    ...argv,
  ];
  const failure = failureOf(run(settingBits(setExec, 2, "no lock")));
  if (failure !== undefined)
    return { missing: `no noexec mount can be made here without privilege: ${failure}` };
  return {
    setsBits: true,
    setsUser: false,
    wrap: (argv, mode) => run(mode === 1 ? argv : [...settingBits(setExec, mode, "no lock"), ...argv]),
  };
}
