/**
 * Admission: open, check, decide and read, as one act. What comes out can be made nowhere else, so that an interpreter
 * which asks for an {@link AdmittedCode} cannot be handed unchecked text.
 *
 * The order is the whole point: one descriptor is opened, told apart by fstat, checked, decided upon and then read, and
 * the path is never looked at again. Not a byte is read before the check.
 */
import { closeSync } from "node:fs";
import { constants as os } from "node:os";
import { KernelError } from "../linux/kernel-error.ts";
import { AdmissionError } from "./admission-error.ts";
import { type Cause, causeOf } from "./cause.ts";
import type { Unanswered } from "./failure.ts";
import type { FileKind } from "./file-kind.ts";
import type { Kernel } from "./kernel.ts";
import { linuxKernel } from "./linux-kernel.ts";
import { close, type Opened, openOrigin } from "./opened.ts";
import { argvOf, nameOf, type Origin } from "./origin.ts";
import { type CheckResult, type Decision, decide, type Source } from "./policy.ts";
import { isAllOf, readAll } from "./read-all.ts";

/**
 * Admits code: opens its source, asks the kernel, decides, reads.
 *
 * The check is made in every mode, also where its result is ignored, so that administrators can see what would be refused
 * (Documentation/userspace-api/check_exec.rst). Opening a FIFO waits for its writer, as in any shell.
 *
 * While a check that passes is under way, no thread can be created in this process, whoever tries: pthread_create, and so the
 * start of a worker, fails with EAGAIN. Start workers before, or not beside an admission, or try again.
 *
 * @returns The code, all of it.
 * @throws {AdmissionError} Refused; or it cannot be opened, read, or is too large; or the kernel cannot be asked. Nothing
 *   may then be interpreted.
 */
export function admit(origin: Origin, options: AdmitOptions = {}): AdmittedCode {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  if (origin.from === "snippet") {
    const asked = ask(origin, undefined, options);
    refuseUnlessRunnable(asked, undefined);
    const bytes = Buffer.from(origin.text);
    if (bytes.length > maxBytes) throw new AdmissionError({ is: "too large", name: asked.name, maxBytes });
    return new AdmittedCode(KEY, asked, bytes);
  }
  const opened = openOrigin(origin);
  let held: number | undefined;
  try {
    const asked = ask(origin, opened, options);
    refuseUnlessRunnable(asked, opened);
    const bytes = readAll(opened.fd, asked.name, maxBytes);
    // ours: what passed is the whole file; but whoever shares standard input chooses where it stands, also while it is read.
    if (asked.source === "stdin" && asked.check === 0 && !isAllOf(opened.fd, asked.name, bytes))
      refuseUnlessRunnable({ ...asked, check: "nothing" }, opened);
    const identity = origin.from === "path" ? `${opened.stat.dev}:${opened.stat.ino}` : undefined;
    if (options.hold === true && origin.from === "path") held = opened.fd;
    return new AdmittedCode(KEY, asked, bytes, identity, held);
  } finally {
    if (held === undefined) close(opened.fd);
  }
}

/**
 * Admits standard input once, as a session whose text is still to be typed. Reads nothing.
 *
 * @throws {AdmissionError} As {@link admit}.
 */
export function admitSession(
  origin: Extract<Origin, { from: "stdin" }>,
  options: AdmitOptions = {},
): AdmittedSession {
  const opened = openOrigin(origin);
  const asked = ask(origin, opened, options);
  refuseUnlessRunnable(asked, opened);
  return new AdmittedSession(KEY, asked);
}

/**
 * Says what an admission would decide, with the real check on the real descriptor, and reads nothing. What an admission
 * finds out by reading is not in it: an executable file on standard input that does not stand at its beginning.
 *
 * @throws {AdmissionError} It cannot be opened, or the kernel cannot be asked. Never because it would be refused.
 */
export function examine(origin: Origin, options: AdmitOptions = {}): Examination {
  const opened = origin.from === "snippet" ? undefined : openOrigin(origin);
  try {
    const { securebits, ...asked } = ask(origin, opened, options);
    const decision = decide(asked.source, asked.check, securebits);
    return { ...asked, decision, cause: causeOfFailure(asked.check, opened) };
  } finally {
    if (opened !== undefined) close(opened.fd);
  }
}

export interface AdmitOptions {
  /** Who is asked. Default: the kernel that this process runs on. */
  readonly kernel?: Kernel;
  /** The bits in force. Default: asked anew, on the calling thread, at each admission. */
  readonly securebits?: number;
  /** A source larger than this many bytes is refused while it is read. Default: 32 MiB. */
  readonly maxBytes?: number;
  /**
   * Keep the descriptor of a path open until {@link AdmittedCode.release}, so that its device and inode number stay this
   * file's own: a module is known by them.
   */
  readonly hold?: boolean;
}

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** What would become of a source. */
export interface Examination {
  readonly source: Source;
  /** The name as given, made fit to print. */
  readonly name: string;
  /** What it opened to; undefined for a snippet. */
  readonly kind: FileKind | undefined;
  readonly check: CheckResult;
  readonly decision: Decision;
  /** The likely reason where the check failed. */
  readonly cause: Cause | undefined;
}

/** What the kernel answered about a source, before its first byte is read: all that a decision rests on. */
interface Asked extends Pick<Examination, "source" | "name" | "kind" | "check"> {
  readonly securebits: number;
}

/** Asks for the bits, then makes the check: each once, in every mode. */
function ask(origin: Origin, opened: Opened | undefined, options: AdmitOptions): Asked {
  const { kernel = linuxKernel } = options;
  const name = nameOf(origin);
  const securebits = options.securebits ?? failClosed({ is: "unknown" }, () => kernel.getSecurebits());
  const check =
    origin.from === "snippet" || opened === undefined
      ? "nothing"
      : failClosed({ is: "unchecked", name }, () => kernel.execveatCheck(opened.fd, argvOf(origin)));
  return { source: sourceOf(origin, opened), name, kind: opened?.kind, check, securebits };
}

function failClosed(unanswered: Unanswered, call: () => number): number {
  try {
    return call();
  } catch (error) {
    throw error instanceof KernelError ? new AdmissionError({ ...unanswered, error }) : error;
  }
}

function sourceOf(origin: Origin, opened: Opened | undefined): Source {
  if (origin.from !== "path") return origin.from;
  return opened?.kind === "regular file" ? "file" : "stream";
}

function refuseUnlessRunnable({ securebits, ...asked }: Asked, opened: Opened | undefined): void {
  const decision = decide(asked.source, asked.check, securebits);
  if (!decision.run) {
    const cause = causeOfFailure(asked.check, opened);
    throw new AdmissionError({ is: "refused", ...asked, cause, because: decision.because });
  }
  // The check was made all the same, and said EACCES; but a directory never holds code, which is no refusal.
  if (asked.kind === "directory") {
    throw new AdmissionError({ is: "unreadable", name: asked.name, call: "read", errno: os.errno.EISDIR });
  }
}

function causeOfFailure(check: CheckResult, opened: Opened | undefined): Cause | undefined {
  if (opened === undefined || check === 0 || check === "nothing") return undefined;
  return causeOf(opened.fd, opened.kind, opened.stat, check);
}

type Named = Pick<Examination, "source" | "name">;

/** Code that was opened, checked, decided upon and read. Only this module can make one. */
export type { AdmittedCode };

class AdmittedCode {
  readonly #bytes: Uint8Array;
  #held: number | undefined;
  readonly source: Source;
  /** The name as given, made fit to print: for messages. */
  readonly name: string;
  /** `device:inode` of a path, the same for each name of one file; undefined for other sources. */
  readonly identity: string | undefined;

  constructor(key: symbol, of: Named, bytes: Uint8Array, identity?: string, held?: number) {
    if (key !== KEY) throw new TypeError("admitted code is made by an admission alone");
    this.source = of.source;
    this.name = of.name;
    this.identity = identity;
    this.#bytes = bytes;
    this.#held = held;
    Object.freeze(this);
  }

  /** The code. Throws a TypeError on an object that no admission made. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Closes the descriptor that `hold` kept open; harmless otherwise. */
  release(): void {
    if (this.#held !== undefined) closeSync(this.#held);
    this.#held = undefined;
  }
}

/** Standard input, admitted once, whose text arrives piece by piece: a prompt. Only this module can make one. */
export type { AdmittedSession };

class AdmittedSession {
  readonly #of: Named;

  constructor(key: symbol, of: Named) {
    if (key !== KEY) throw new TypeError("an admitted session is made by an admission alone");
    this.#of = of;
    Object.freeze(this);
  }

  /** One piece of what was typed, as admitted code. Throws a TypeError on an object that no admission made. */
  code(text: string): AdmittedCode {
    return new AdmittedCode(KEY, this.#of, Buffer.from(text));
  }
}

/** Held by this module alone; a constructor reached through an instance is of no use without it. */
const KEY = Symbol("admission");
