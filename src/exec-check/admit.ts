/**
 * Admission: open, check, decide and read, as one act. What comes out can be made nowhere else, so that an interpreter
 * which asks for an {@link AdmittedCode} cannot be handed unchecked text.
 *
 * The order is the whole point: one descriptor is opened, told apart by fstat, checked, decided upon and then read, and
 * the path is never looked at again. Not a byte is read before the check.
 */
import { type BigIntStats, closeSync, constants, fstatSync, openSync } from "node:fs";
import { constants as os } from "node:os";
import { KernelError } from "../linux/kernel-error.ts";
import { type Cause, causeOf } from "./cause.ts";
import { AdmissionError, attempt } from "./failure.ts";
import { type FileKind, fileKind } from "./file-kind.ts";
import type { Kernel } from "./kernel.ts";
import { linuxKernel } from "./linux-kernel.ts";
import { type CheckResult, type Decision, decide, type Source } from "./policy.ts";
import { printable } from "./printable.ts";
import { isAllOf, readAll } from "./read-all.ts";

/** Text as it came from the system: bytes, where it may be no UTF-8. */
export type Text = string | Uint8Array;

/** Where code is to come from. Whether a path is a `file` or a `stream` is known only once it is open. */
export type Origin =
  | {
      readonly from: "path";
      readonly path: Text;
      /** The script's own arguments: the check sees them behind the path, as a native execution would. */
      readonly args?: readonly Text[];
    }
  | { readonly from: "stdin"; readonly args?: readonly Text[] }
  | { readonly from: "snippet"; readonly name: string; readonly text: Text };

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

/** What is known of a source before its first byte is read. */
export interface Judgement {
  readonly source: Source;
  /** The name as given, made fit to print. */
  readonly name: string;
  /** What it opened to; undefined for a snippet. */
  readonly kind: FileKind | undefined;
  readonly check: CheckResult;
  readonly decision: Decision;
}

/** A judgement, with the likely reason where its check failed. */
export interface Examination extends Judgement {
  readonly cause: Cause | undefined;
}

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

  constructor(
    key: symbol,
    of: { source: Source; name: string },
    bytes: Uint8Array,
    identity?: string,
    held?: number,
  ) {
    if (key !== KEY) throw new TypeError("admitted code is made by an admission alone");
    this.source = of.source;
    this.name = of.name;
    this.identity = identity;
    this.#bytes = bytes;
    this.#held = held;
    Object.freeze(this);
  }

  /** The code. Throws on an object that no admission made. */
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
  readonly #origin: { source: Source; name: string };

  constructor(key: symbol, origin: { source: Source; name: string }) {
    if (key !== KEY) throw new TypeError("an admitted session is made by an admission alone");
    this.#origin = origin;
    Object.freeze(this);
  }

  /** One piece of what was typed, as admitted code. Throws on an object that no admission made. */
  code(text: string): AdmittedCode {
    return new AdmittedCode(KEY, this.#origin, Buffer.from(text));
  }
}

/** Held by this module alone; a constructor reached through an instance is of no use without it. */
const KEY = Symbol("admission");

const STDIN = 0;
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/**
 * Admits code: opens its source, asks the kernel, decides, reads.
 *
 * The check is made in every mode, also where its result is ignored, so that auditing shows what would be refused
 * (Documentation/userspace-api/check_exec.rst). Opening a FIFO waits for its writer, as in any shell.
 *
 * @returns The code, all of it.
 * @throws {AdmissionError} Refused; or it cannot be opened, read, or is too large; or the bits cannot be known. Nothing
 *   may then be interpreted.
 */
export function admit(origin: Origin, options: AdmitOptions = {}): AdmittedCode {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  if (origin.from === "snippet") {
    const judgement = judge(origin, undefined, options);
    refuseUnlessRunnable(judgement, undefined);
    const bytes = Buffer.from(origin.text);
    if (bytes.length > maxBytes)
      throw new AdmissionError({ is: "too large", name: judgement.name, maxBytes });
    return new AdmittedCode(KEY, judgement, bytes);
  }
  const opened = open(origin);
  let held: number | undefined;
  try {
    const judgement = judge(origin, opened, options);
    refuseUnlessRunnable(judgement, opened);
    const bytes = readAll(opened.fd, judgement.name, maxBytes);
    // What passed is the whole file; but whoever shares standard input chooses where it stands, also while it is read.
    if (judgement.source === "stdin" && judgement.check === 0 && !isAllOf(opened.fd, judgement.name, bytes))
      refuseUnlessRunnable(judge(origin, opened, options, "nothing"), opened);
    const identity = origin.from === "path" ? `${opened.stat.dev}:${opened.stat.ino}` : undefined;
    if (options.hold === true && origin.from === "path") held = opened.fd;
    return new AdmittedCode(KEY, judgement, bytes, identity, held);
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
  const opened = open(origin);
  const judgement = judge(origin, opened, options);
  refuseUnlessRunnable(judgement, opened);
  return new AdmittedSession(KEY, judgement);
}

/**
 * Says what an admission would decide, with the real check on the real descriptor, and reads nothing.
 *
 * @throws {AdmissionError} It cannot be opened, or the bits cannot be known. Never because it would be refused.
 */
export function examine(origin: Origin, options: AdmitOptions = {}): Examination {
  const opened = origin.from === "snippet" ? undefined : open(origin);
  try {
    const judgement = judge(origin, opened, options);
    return { ...judgement, cause: causeOfFailure(judgement, opened) };
  } finally {
    if (opened !== undefined) close(opened.fd);
  }
}

interface Opened {
  readonly fd: number;
  readonly stat: BigIntStats;
  readonly kind: FileKind;
}

function open(origin: Exclude<Origin, { from: "snippet" }>): Opened {
  const name = nameOf(origin);
  const fd = origin.from === "stdin" ? STDIN : openPath(origin.path, name);
  try {
    const stat = attempt(name, "fstat", () => fstatSync(fd, { bigint: true }));
    return { fd, stat, kind: fileKind(fd, stat) };
  } catch (error) {
    close(fd);
    throw error;
  }
}

function openPath(path: Text, name: string): number {
  const bytes = Buffer.from(path);
  // No call could carry it, so Node throws a TypeError; but a script can import such a name, and is to be told.
  if (bytes.includes(0))
    throw new AdmissionError({ is: "unreadable", name, call: "open", errno: os.errno.EINVAL });
  // Node adds O_CLOEXEC to every open. O_NOCTTY: reading code must not give the process a terminal.
  return attempt(name, "open", () => openSync(bytes, constants.O_RDONLY | constants.O_NOCTTY));
}

/** Standard input is the process's own: it was not opened here, and other readers may follow. */
function close(fd: number): void {
  if (fd !== STDIN) closeSync(fd);
}

/** @param checked What is known of the check already. Default: it is made. */
function judge(
  origin: Origin,
  opened: Opened | undefined,
  options: AdmitOptions,
  checked?: "nothing",
): Judgement {
  const kernel = options.kernel ?? linuxKernel;
  try {
    const securebits = options.securebits ?? kernel.getSecurebits();
    const source = sourceOf(origin, opened);
    const check =
      checked ?? (opened === undefined ? "nothing" : kernel.execveatCheck(opened.fd, argvOf(origin)));
    return {
      source,
      name: nameOf(origin),
      kind: opened?.kind,
      check,
      decision: decide(source, check, securebits),
    };
  } catch (error) {
    if (error instanceof KernelError) throw new AdmissionError({ is: "unknown", error });
    throw error;
  }
}

function refuseUnlessRunnable(judgement: Judgement, opened: Opened | undefined): void {
  const { decision, ...rest } = judgement;
  if (!decision.run) {
    const cause = causeOfFailure(judgement, opened);
    throw new AdmissionError({ is: "refused", ...rest, cause, because: decision.because });
  }
  // The check was made all the same, and said EACCES; but a directory never holds code, which is no refusal.
  if (rest.kind === "directory") {
    throw new AdmissionError({ is: "unreadable", name: rest.name, call: "read", errno: os.errno.EISDIR });
  }
}

function causeOfFailure({ check }: Judgement, opened: Opened | undefined): Cause | undefined {
  if (opened === undefined || check === 0 || check === "nothing") return undefined;
  return causeOf(opened.fd, opened.kind, opened.stat, check);
}

function sourceOf(origin: Origin, opened: Opened | undefined): Source {
  if (origin.from !== "path") return origin.from;
  return opened?.kind === "regular file" ? "file" : "stream";
}

/** What a native execution of this source would see as its argv (the kernel warns in its log of an empty one). */
function argvOf(origin: Origin): Uint8Array[] {
  if (origin.from === "snippet") return [];
  const name = origin.from === "stdin" ? "/proc/self/fd/0" : origin.path;
  return [name, ...(origin.args ?? [])].map((text) => Buffer.from(text));
}

function nameOf(origin: Origin): string {
  if (origin.from === "path") return printable(origin.path);
  return origin.from === "stdin" ? "standard input" : printable(origin.name);
}
