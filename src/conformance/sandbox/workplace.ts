/** Where the kit works: one temporary folder and one mount namespace, both gone when the run is over. */
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linuxKernel } from "../../exec-check/exec-check.ts";
import { adoptOrphans, removeAcls } from "../../linux/scene-calls.ts";
import type { Missing } from "./missing.ts";
import { removeTree } from "./remove-tree.ts";
import { killStrays } from "./strays.ts";
import { NOBODY, type User } from "./user.ts";
import { controllingTerminal } from "./wraps/controlling-terminal.ts";
import { lockedBits } from "./wraps/locked-bits.ts";
import { noexecMount } from "./wraps/noexec-mount.ts";
import { ownCommand, setExecCommand } from "./wraps/own-programs.ts";
import { failureOf, type Offer } from "./wraps/wrap.ts";

export interface Workplace {
  /** Who runs the cases, if not whoever runs the kit. */
  readonly user: User | undefined;
  /** Whether a case can be run as {@link NOBODY}. */
  readonly canRunAsNobody: boolean;
  /** Makes a folder that belongs to the user. */
  readonly folder: (user: User | undefined) => Folder;
  /** Shows a command what is in the folders on a noexec mount. */
  readonly noexec: Offer;
  /** Runs a command with the bits locked. */
  readonly locked: Offer;
  /** What is put before a command that gets a terminal, so that this becomes its controlling terminal. */
  readonly atTerminal: readonly string[] | Missing;
  /** The command that runs another where nothing beneath this folder may be executed. */
  readonly landlock: (denied: string) => string[];
  /** The command that says what the kernel answers to the check of this path; of standard input where it is `-`. */
  readonly checking: (path: string) => string[];
  readonly close: () => void;
}

/** A folder: its path, and its path on the noexec mount. */
export interface Folder {
  readonly path: string;
  readonly noexec: string;
}

/** The temporary folder cannot be used: because of its name, because nothing can be executed in it, or not as the user. */
export interface NoWorkplace {
  readonly unfit: "name" | "execution" | "user";
  readonly folder: string;
  /** What the system answered; empty where it was not asked. */
  readonly why: string;
}

/** Paths are written into programs, first lines and variables, where each language would quote other characters. */
const PLAIN_PATH = /^[\w/.,:+@%=-]+$/;

/**
 * Makes the workplace.
 *
 * @throws {Error} Where no temporary folder can be made.
 */
export async function openWorkplace(user: User | undefined): Promise<Workplace | NoWorkplace> {
  // Not by a link: what is allowed and denied beneath a folder goes by its real path.
  const folder = realpathSync(tmpdir());
  if (!PLAIN_PATH.test(folder)) return { unfit: "name", folder, why: "" };
  const root = mkdtempSync(join(folder, "exec-conformance-"));
  // Files are made with the modes that their forms claim, and folders so that every user can reach them.
  const umask = process.umask(0o022);
  const close = () => {
    process.umask(umask);
    killStrays();
    removeTree(root);
  };
  try {
    const unfit = whyUnfit(root, user);
    if (unfit === undefined) return await furnish(root, user, close);
    close();
    return { ...unfit, folder };
  } catch (error) {
    close();
    throw error;
  }
}

function whyUnfit(root: string, user: User | undefined): Omit<NoWorkplace, "folder"> | undefined {
  if (!isExecutable(join(root, "executable"))) return { unfit: "execution", why: "" };
  adoptOrphans();
  // What is made in a folder inherits its default access control list, which can say otherwise than the mode.
  removeAcls(root);
  chmodSync(root, 0o755);
  const why = user === undefined ? undefined : whyNotAs(user, root);
  return why === undefined ? undefined : { unfit: "user", why };
}

/** Whether the kernel would execute a file here that everybody may execute: on a noexec mount it would not. */
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

async function furnish(root: string, user: User | undefined, close: () => void): Promise<Workplace> {
  const [work, mounted] = [join(root, "work"), join(root, "noexec")];
  for (const folder of [work, mounted]) {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  }
  const setExec = setExecCommand(root);
  const own = ownCommand(root);
  const noexec = await noexecMount({ work, mounted }, setExec);
  let count = 0;
  // Found out when a channel asks for it: that takes the start of a program.
  let locked: Offer | undefined;
  let atTerminal: Workplace["atTerminal"] | undefined;
  return {
    user,
    canRunAsNobody: process.getuid?.() === 0 && whyNotAs(NOBODY, root) === undefined,
    folder(owner) {
      const name = String(++count);
      const path = join(work, name);
      mkdirSync(path);
      // mkdir takes away what the umask says.
      chmodSync(path, 0o755);
      if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
      return { path, noexec: join(mounted, name) };
    },
    noexec: noexec.offer,
    get locked() {
      locked ??= lockedBits(setExec, user);
      return locked;
    },
    get atTerminal() {
      atTerminal ??= controllingTerminal();
      return atTerminal;
    },
    landlock: (denied) => [...own, "--in-landlock-domain", denied, "--"],
    checking: (path) => [...own, "--kernel-answer", path],
    close() {
      noexec.close();
      close();
    },
  };
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
