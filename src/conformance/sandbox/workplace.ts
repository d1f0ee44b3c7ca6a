/** Where the kit works: one temporary folder, one mount namespace, and all of it gone when the run is over. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { linuxKernel, type Mode } from "../../exec-check/exec-check.ts";
import { adoptOrphans } from "../../linux/scene-calls.ts";
import * as messages from "../messages.ts";
import type { User } from "./launch.ts";
import { ownCommand, setExecCommand } from "./own-programs.ts";
import { removeTree } from "./remove-tree.ts";
import { killStrays, lookAfter } from "./strays.ts";

/** Puts something before a command; `mode` where it has to set the bits itself, because a user namespace resets them. */
export type Wrap = (argv: readonly string[], mode: Mode, user: User | undefined) => string[];

export type Offer = { readonly wrap: Wrap; readonly setsBits: boolean } | { readonly missing: string };

export interface Workplace {
  /** Who runs the cases, if not whoever runs the kit. */
  readonly user: User | undefined;
  /** As somebody else, that is: as NOBODY. */
  readonly canRunAsOthers: boolean;
  /** A fresh folder that belongs to the user, and the path by which its files are on a noexec mount. */
  readonly folder: (user: User | undefined) => { path: string; noexec: string };
  readonly noexec: Offer;
  readonly locked: Offer;
  readonly landlock: (denied: string) => string[];
  readonly close: () => void;
}

export const NOBODY: User = { uid: 65534, gid: 65534 };

/** Paths stand in programs, in first lines and in variables, and each language would quote them in its own way. */
const PLAIN_PATH = /^[\w/.,:+@%=-]+$/;

/**
 * Makes the workplace.
 *
 * @throws {NoWorkplace | Error} Where none can be made.
 */
export async function openWorkplace(user: User | undefined): Promise<Workplace> {
  const parent = resolve(tmpdir());
  if (!PLAIN_PATH.test(parent)) throw new NoWorkplace(messages.oddFolder(parent));
  const root = mkdtempSync(join(parent, "exec-conformance-"));
  try {
    if (!isExecutable(join(root, "executable"))) throw new NoWorkplace(messages.noexecFolder(parent));
    adoptOrphans();
    chmodSync(root, 0o755);
    const unable = user === undefined ? undefined : whyNotAs(user, root);
    if (unable !== undefined) throw new NoWorkplace(messages.notAs(parent, unable));
    return await furnish(root, user);
  } catch (error) {
    killStrays();
    removeTree(root);
    throw error;
  }
}

export class NoWorkplace extends Error {
  override readonly name = "NoWorkplace";
}

/** Would the kernel execute a file here that everybody may execute? On a noexec mount it would not. */
function isExecutable(path: string): boolean {
  writeFileSync(path, "");
  chmodSync(path, 0o755);
  const fd = openSync(path, "r");
  try {
    return linuxKernel.execveatCheck(fd, [Buffer.from(path)]) === 0;
  } finally {
    closeSync(fd);
  }
}

async function furnish(root: string, user: User | undefined): Promise<Workplace> {
  const [work, mounted] = [join(root, "work"), join(root, "noexec")];
  for (const folder of [work, mounted]) {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  }
  const isRoot = process.getuid?.() === 0;
  const keeper = isRoot ? await keepNamespace(work, mounted) : undefined;
  const kept = keeper === undefined ? undefined : throughKeeper(keeper);
  const setExec = setExecCommand(root);
  const own = ownCommand(root);
  let count = 0;
  // Asked for by three channels alone, and it takes a program's start to find out.
  let locked: Offer | undefined;
  return {
    user,
    canRunAsOthers: isRoot && whyNotAs(NOBODY, root) === undefined,
    folder(owner) {
      const name = String(++count);
      mkdirSync(join(work, name));
      // mkdir leaves out what the umask says.
      chmodSync(join(work, name), 0o755);
      if (owner !== undefined) chownSync(join(work, name), owner.uid, owner.gid);
      return { path: join(work, name), noexec: join(mounted, name) };
    },
    // Root in a container may be able to do no more than anybody else.
    noexec:
      kept !== undefined && !("missing" in kept)
        ? kept
        : inOwnNamespace(work, mounted, setExec, kept?.missing),
    get locked() {
      locked ??= throughSetExec(setExec);
      return locked;
    },
    landlock: (denied) => [...own, "--in-landlock-domain", denied, "--"],
    close() {
      if (keeper !== undefined && "child" in keeper) keeper.child.kill("SIGKILL");
      killStrays();
      removeTree(root);
    },
  };
}

/** As setpriv(1) takes it, for a command that has to be started as root. */
export function asUser(user: User | undefined): string[] {
  if (user === undefined) return [];
  return ["setpriv", "--reuid", String(user.uid), "--regid", String(user.gid), "--clear-groups"];
}

const MOUNT = 'mount --bind "$0" "$1" && mount -o remount,bind,noexec,nosuid,nodev "$1"';

type Keeper = { child: ChildProcess; pid: number } | { missing: string };

/** With privilege: one process holds a mount namespace for the whole run, and commands enter it, bits and all. */
function keepNamespace(work: string, mounted: string): Promise<Keeper> {
  const args = ["--mount", "--propagation", "private", "sh", "-c", `${MOUNT} && echo ready && exec cat`];
  // Its standard input ends with the kit, and so does it.
  const child = spawn("unshare", [...args, work, mounted], { stdio: ["pipe", "pipe", "pipe"] });
  lookAfter(child);
  return new Promise((resolve) => {
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    child.stdin.on("error", () => {});
    child.on("error", (error) => resolve({ missing: `unshare: ${error.message}` }));
    child.on("exit", () => resolve({ missing: `no noexec mount can be made here: ${said.trim()}` }));
    child.stdout.on("data", () => resolve({ child, pid: child.pid as number }));
  });
}

function throughKeeper(keeper: Keeper): Offer {
  if ("missing" in keeper) return keeper;
  const enter = ["nsenter", `--mount=/proc/${keeper.pid}/ns/mnt`, "--"];
  const failure = failureOf(enter);
  if (failure !== undefined) return { missing: `no mount namespace can be entered here: ${failure}` };
  return {
    setsBits: false,
    wrap: (argv, _mode, user) => [...enter, ...asUser(user), ...argv],
  };
}

/** Without privilege: a user namespace for each command. It resets the bits, so they are set in there, last. */
function inOwnNamespace(work: string, mounted: string, setExec: readonly string[], before?: string): Offer {
  const enter = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
  const run = (argv: readonly string[]) => [
    ...enter,
    `${MOUNT} && shift && exec "$@"`,
    work,
    mounted,
    ...argv,
  ];
  const failure = failureOf(run([...setExec, "--no-lock", "-f", "--"]));
  if (failure !== undefined)
    return { missing: before ?? `no noexec mount can be made here without privilege: ${failure}` };
  return {
    setsBits: true,
    wrap: (argv, mode) =>
      run(mode === 1 ? argv : [...setExec, "--no-lock", ...optionsOf(mode), "--", ...argv]),
  };
}

/** set-exec's options for a mode other than 1. */
function optionsOf(mode: Mode): string[] {
  return [[], ["-f"], ["-i"], ["-f", "-i"]][mode - 1] as string[];
}

function throughSetExec(setExec: readonly string[]): Offer {
  const failure = failureOf([...setExec, "-f", "-i", "--"]);
  if (failure !== undefined) return { missing: `the bits cannot be locked here: ${failure}` };
  return { setsBits: true, wrap: (argv, mode) => [...setExec, ...optionsOf(mode), "--", ...argv] };
}

/** Why nothing can be run as this user in this folder; undefined if it can. */
function whyNotAs(user: User, folder: string): string | undefined {
  const probe = mkdtempSync(join(folder, "probe-"));
  try {
    chownSync(probe, user.uid, user.gid);
  } catch (error) {
    return (error as Error).message;
  }
  return failureOf(["sh", "-c", 'cd "$0" && exec "$@"', probe], user);
}

/** Why what is put before a command does not work here; undefined if it does, and the command runs. */
function failureOf(before: readonly string[], user?: User): string | undefined {
  const [command = "", ...args] = [...before, "echo", "works"];
  const { stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: "/",
    timeout: 10_000,
    killSignal: "SIGKILL",
    ...user,
  });
  if (stdout === "works\n") return undefined;
  return error?.message ?? (stderr.trim() || `${command} ended without a word`);
}
