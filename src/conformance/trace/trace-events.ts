/** What a trace says about one piece of code: when it was checked, read and run. */
import * as uapi from "../../linux/uapi.ts";
import { hidesItsMemory } from "./hidden.ts";
import { type OpenFile, OpenFiles } from "./open-files.ts";
import { type Call, descriptorIn, numberIn, type StraceLog, stringIn, stringsIn } from "./strace-log.ts";

export interface Check {
  readonly call: Call;
  /** Undefined for a check by path. */
  readonly file: OpenFile | undefined;
  readonly argv: readonly string[] | undefined;
  /** Whether it was given an environment; NULL is none. */
  readonly hasEnvironment: boolean;
  /** Whether the kernel would execute it. */
  readonly passed: boolean;
}

export interface Read {
  readonly call: Call;
  readonly file: OpenFile;
  /** How many bytes were read; of a mapping, its length. */
  readonly bytes: number;
}

export interface TraceEvents {
  readonly checks: readonly Check[];
  readonly reads: readonly Read[];
  /** The call that wrote the marker: code has run by then. */
  readonly marker: Call | undefined;
  readonly securebits: Call | undefined;
  /** The first call by which something may be read that the trace does not show. */
  readonly unseen: Call | undefined;
  /** The files that were asked for before the first check, and are no libraries: what is configured may be among them. */
  readonly asked: readonly string[];
  /** The names of the code: those by which it may be checked, and named. */
  readonly names: readonly string[];
  /** Whether what the process has in its memory could not be read. */
  readonly isHidden: boolean;
  /** How many bytes the code has, where that can be known. */
  readonly size: number | undefined;
  /** Why this trace proves nothing: a line that is not understood, or that there is none. */
  readonly strange: string | undefined;
}

const READS = new Set(["read", "pread64", "readv", "preadv", "preadv2", "sendfile", "copy_file_range"]);
const WRITES = new Set(["write", "writev", "pwrite64", "sendto", "sendmsg"]);

/** Nobody configures anything here. */
const UNCONFIGURED = /\.so(\.|$)|\/ld\.so\.cache$|^\/(proc|sys|dev)\//;

/** How much of what was last written is searched for the marker: it is written in one call or in a few. */
const MARKER_WITHIN = 4096;

/**
 * @param target What strace shows for a descriptor of the code: its real path, or `pipe:[…]`.
 * @param names The names of the code: those by which it may be checked, and named.
 * @param isMarker Does this output hold the marker?
 * @param size How many bytes the code has; undefined where that cannot be known.
 */
export function traceEvents(
  { calls, strange }: StraceLog,
  target: string,
  names: readonly string[],
  isMarker: (written: string) => boolean,
  size?: number,
): TraceEvents {
  const files = new OpenFiles(calls);
  const checks: Check[] = [];
  const reads: Read[] = [];
  let marker: Call | undefined;
  let securebits: Call | undefined;
  let unseen: Call | undefined;
  const asked = new Set<string>();
  let written = "";
  for (const call of calls) {
    const { name, pid, args, result } = call;
    if (name === "execveat" && ((numberIn(args[4]) ?? 0) & uapi.AT_EXECVE_CHECK) !== 0) {
      const byDescriptor = ((numberIn(args[4]) ?? 0) & uapi.AT_EMPTY_PATH) !== 0 && stringIn(args[1]) === "";
      const file = files.at(pid, args[0]);
      const argv = stringsIn(args[2]);
      const passed = numberIn(result) === 0;
      const hasEnvironment = stringsIn(args[3]) !== undefined;
      const check = { call, argv, hasEnvironment, passed };
      if (byDescriptor && file?.target === target) checks.push({ ...check, file });
      else if (!byDescriptor && names.includes(stringIn(args[1]) ?? "")) {
        checks.push({ ...check, file: undefined });
      }
    }
    if (READS.has(name)) {
      const file = files.at(pid, args[name === "sendfile" ? 1 : 0]);
      const bytes = Number.parseInt(result, 10);
      if (file?.target === target && bytes >= 0) reads.push({ call, file, bytes });
    }
    if (name === "mmap" && descriptorIn(args[4])?.target === target) {
      const file = files.at(pid, args[4]);
      if (file !== undefined && result.startsWith("0x"))
        reads.push({ call, file, bytes: numberIn(args[1]) ?? 0 });
    }
    if (WRITES.has(name) && marker === undefined) {
      const texts = name.endsWith("v") ? stringsWithin(args[1]) : [stringIn(args[1]) ?? ""];
      written = (written + texts.join("")).slice(-MARKER_WITHIN);
      if (isMarker(written)) marker = call;
    }
    // A ring is common: Node makes one for its own events. What is submitted to it stands in memory alone.
    if (name === "io_uring_setup" && (ringFlags(args[1]) & IORING_SETUP_SQPOLL) !== 0) unseen ??= call;
    if (name === "io_uring_enter" && (numberIn(args[1]) ?? 0) > 0 && files.isOpen(target)) unseen ??= call;
    if (name === "splice" && descriptorIn(args[0])?.target === target) unseen ??= call;
    if (name === "prctl" && numberIn(args[0]) === uapi.PR_GET_SECUREBITS) securebits ??= call;
    if (checks.length === 0 && /^open/.test(name)) {
      const path = stringIn(args[name === "open" ? 0 : 1]) ?? "";
      if (path !== "" && !names.includes(path) && !UNCONFIGURED.test(path)) asked.add(path);
    }
    files.follow(call);
  }
  const why = calls.length === 0 ? "it is empty" : strange[0];
  const isHidden = hidesItsMemory(calls);
  return {
    checks,
    reads,
    marker,
    securebits,
    unseen,
    asked: [...asked],
    names,
    isHidden,
    size,
    strange: why,
  };
}

/** include/uapi/linux/io_uring.h: the kernel polls for what is submitted, without a call that a trace would show. */
const IORING_SETUP_SQPOLL = 2;

function ringFlags(parameters: string | undefined): number {
  return numberIn(/flags=(0x[0-9a-f]+|\d+)/.exec(parameters ?? "")?.[1]) ?? 0;
}

function stringsWithin(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/"(?:\\x[0-9a-f]{2})*"/g)].map(([quoted]) => stringIn(quoted) ?? "");
}
