/**
 * Every sentence that this library says to a person, in one place: what was refused, which bit refused it, what the
 * kernel answered, and what to do.
 */
import { errnoText } from "../linux/errno.ts";
import type { KernelError } from "../linux/kernel-error.ts";
import type { Cause } from "./cause.ts";
import type { Failure, Unanswered } from "./failure.ts";
import type { FileKind } from "./file-kind.ts";
import type { Source } from "./policy.ts";
import { printable } from "./printable.ts";

/** A sentence, and where there is one, a second that says what to do. */
export interface Wording {
  readonly message: string;
  readonly hint: string | undefined;
}

/** The words for a failure: a message that names the source, the errno and the bits, and a hint. */
export function wording(failure: Failure): Wording {
  switch (failure.is) {
    case "refused": {
      const bits = failure.because.join(" and ");
      if (failure.check !== "nothing")
        return {
          message: `${failure.name}: refused: a ${failure.kind ?? "file"} that the kernel would not execute: ${errnoText(failure.check)}, under ${bits}`,
          hint: failure.cause && causeWording(failure.cause, failure),
        };
      return failure.source === "stdin"
        ? {
            message: `${failure.name}: refused: a part of a file that the kernel would execute as a whole, under ${bits}`,
            hint: "give the file from its beginning: something has read of it before",
          }
        : {
            message: `${failure.name}: refused: code that is in no file, under ${bits}`,
            hint: "put the code into an executable file and run that",
          };
    }
    case "unreadable":
      return {
        message: `${failure.name}: cannot ${failure.call === "open" ? "open" : "read"}: ${errnoText(failure.errno)}`,
        hint: undefined,
      };
    case "too large":
      return {
        message: `${failure.name}: too large: code may have at most ${failure.maxBytes} bytes`,
        hint: undefined,
      };
    case "unknown":
    case "unchecked":
      return unanswered(failure, failure.error);
  }
}

/** Without an errno, the kernel could not even be asked. */
function unanswered(of: Unanswered, { errno, message }: KernelError): Wording {
  if (errno === undefined)
    return { message: `the kernel cannot be asked, so nothing runs: ${message}`, hint: undefined };
  const what =
    of.is === "unknown" ? "the securebits cannot be known" : `${of.name}: the check cannot be made`;
  return {
    message: `${what}, so nothing runs: ${message}`,
    hint: "a seccomp filter or a container's policy may forbid the call",
  };
}

/** What a shell takes as one word, and chmod as no option. */
const SHELL_WORD = /^[\w./@%+=:,][\w./@%+=:,-]*$/;

/**
 * Why a check failed, and what would help: one clause, for a hint.
 *
 * @param of The source that was checked: its name fit to print, and what it opened to.
 */
export function causeWording(
  cause: Cause,
  of: { name: string; kind: FileKind | undefined; source: Source },
): string {
  switch (cause.is) {
    case "not a regular file":
      return `this is a ${of.kind ?? "file"}, which is never executable: give a script file that is`;
    case "noexec mount":
      return `${printable(cause.mount)} is mounted noexec: keep the script on a file system that allows execution`;
    case "filesystem without execution":
      return `nothing on a ${cause.type} file system is executable: copy the script elsewhere`;
    case "no execute permission":
      return cause.someoneHasIt
        ? "its permissions let others execute it, not this user: see ls -l"
        : `if you trust it: ${of.source === "file" && SHELL_WORD.test(of.name) ? `chmod +x ${of.name}` : "make that file executable, with chmod +x"}`;
    case "open for writing":
      if (cause.by === null) return "somebody holds it open for writing: close it there first";
      return cause.by.pid === process.pid
        ? "this process itself was given it open for writing: open it for reading alone"
        : `process ${cause.by.pid} (${printable(cause.by.command)}) holds it open for writing: close it there first`;
    case "arguments too long":
      return "the arguments and the environment together are too large to execute anything with: shorten them";
    case "kernel without the check":
      return "this kernel does not know AT_EXECVE_CHECK: Linux 6.14 or later does";
    case "call filtered":
      return "execveat itself is denied, by a seccomp filter or a container's policy: allow it there";
    case "system policy":
      return "its permissions allow it: a Landlock domain or a security module of this system denies it";
    case "unknown":
      return "see execveat(2) for this error";
  }
}
