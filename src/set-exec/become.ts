import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants as os } from "node:os";
import * as processCalls from "../linux/process-calls.ts";
import { procStrings } from "../program/proc-strings.ts";

type Calls = Pick<
  typeof processCalls,
  | "getDescriptorLimit"
  | "setDescriptorLimit"
  | "clearCloseOnExec"
  | "setDefaultDisposition"
  | "unblockSignals"
  | "execvpe"
>;

/**
 * Becomes the command: same process, and as far as that can be done, in the state that set-exec was started in. Node has
 * changed that state before any of our code ran; what it changed is put back here, one step a change.
 *
 * Not to be undone, because Node leaves no record: signals that the caller ignored are back at their default, and
 * standard streams that were closed are open on /dev/null.
 *
 * @param calls Who makes the calls. Default: this process.
 * @returns The errno, when the command cannot be executed.
 */
export function become(argv: readonly Buffer[], calls: Calls = processCalls): number {
  restoreDescriptorLimit(calls);
  for (const fd of inheritedDescriptors()) calls.clearCloseOnExec(fd);
  // Ignored by Node, and what is ignored stays so through an execve.
  calls.setDefaultDisposition(os.signals.SIGPIPE);
  calls.setDefaultDisposition(os.signals.SIGXFSZ);
  calls.unblockSignals();
  // Node takes out of libc's copy what is meant for it (NODE_CHANNEL_FD), and makes NODE_V8_COVERAGE absolute.
  return calls.execvpe(argv, procStrings("environ"));
}

/**
 * Node raises the soft limit on descriptors to the hard one and keeps no record. The best guess is the parent's, which a
 * shell's children share; one that was set for this process alone is lost.
 */
function restoreDescriptorLimit(calls: Calls): void {
  const { soft, hard } = calls.getDescriptorLimit();
  if (soft !== hard) return;
  try {
    const limits = readFileSync(`/proc/${process.ppid}/limits`, "utf8");
    const parents = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    if (parents !== undefined && BigInt(parents) < hard) calls.setDescriptorLimit(BigInt(parents));
  } catch {
    // Another user's parent, or no /proc: the raised limit stays.
  }
}

/**
 * The descriptors that were there before Node, which Node marks close-on-exec. Its own are recognised by what they are:
 * event descriptors, and pipes of which it holds both ends.
 */
function inheritedDescriptors(): number[] {
  const open = descriptorNumbers().flatMap((fd) => {
    try {
      const link = `/proc/self/fd/${fd}`;
      return [{ fd, target: readlinkSync(link), writes: (lstatSync(link).mode & 0o200) !== 0 }];
    } catch {
      // The descriptor that listed the directory is closed again.
      return [];
    }
  });
  const isOtherEnd = (one: (typeof open)[number]) => (other: (typeof open)[number]) =>
    one.target.startsWith("pipe:") && one.target === other.target && one.writes !== other.writes;
  return open
    .filter((one) => one.fd <= 2 || !(one.target.startsWith("anon_inode:") || open.some(isOtherEnd(one))))
    .map(({ fd }) => fd);
}

function descriptorNumbers(): number[] {
  try {
    return readdirSync("/proc/self/fd").map(Number);
  } catch {
    return [0, 1, 2];
  }
}
