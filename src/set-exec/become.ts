import { existsSync, readFileSync } from "node:fs";
import { constants as os } from "node:os";
import {
  clearCloseOnExec,
  execvpe,
  getDescriptorLimit,
  setDefaultDisposition,
  setDescriptorLimit,
  unblockSignals,
} from "../linux/process-calls.ts";
import { say } from "../program/output.ts";
import { procStrings } from "../program/proc-strings.ts";
import { inheritedDescriptors } from "./inherited-descriptors.ts";
import * as messages from "./messages.ts";

/**
 * Becomes the command: the same process, in the state that set-exec was started in, as far as that is known. Node changes
 * that state before any of our code runs; each step here puts back one change.
 *
 * Of these changes Node leaves no record: signals that the caller ignored are back at their default, and standard streams
 * that were closed are open on /dev/null.
 *
 * @returns The errno, where the command cannot be executed.
 * @throws {KernelError} Where a step fails.
 */
export function become(argv: readonly Buffer[]): number {
  if (!existsSync("/proc/self")) say(2, messages.WITHOUT_PROC);
  restoreDescriptorLimit();
  for (const fd of inheritedDescriptors()) clearCloseOnExec(fd);
  // Node ignores these two, and an ignored signal stays ignored through an execve.
  setDefaultDisposition(os.signals.SIGPIPE);
  setDefaultDisposition(os.signals.SIGXFSZ);
  unblockSignals();
  // libc's own copy, the default, lacks NODE_CHANNEL_FD, and its NODE_V8_COVERAGE is an absolute path. It has to do where
  // the kernel hides this process from its user, who may not read the executable.
  return execvpe(argv, procStrings("environ"));
}

/**
 * Node raises the soft limit on descriptors to the hard one and keeps no record. The parent's limit is the best guess: a
 * shell's children share it. A limit that was set for this process alone is lost.
 */
function restoreDescriptorLimit(): void {
  const { soft, hard } = getDescriptorLimit();
  if (soft !== hard) return;
  try {
    const limits = readFileSync(`/proc/${process.ppid}/limits`, "utf8");
    const parents = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    if (parents !== undefined && BigInt(parents) < hard) setDescriptorLimit(BigInt(parents));
  } catch {
    // Without /proc, and with a parent in another process namespace, the raised limit stays.
  }
}
