/** What kernel.check-facts.test.ts has done in a process of its own (test/support/scene.ts). */
import {
  closeSync,
  constants,
  fchmodSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { errnoName, linuxKernel } from "../../../src/exec-check/exec-check.ts";
import * as libc from "../../support/libc.ts";

/** `ok`, or the name of the errno. */
export type Answer = string;

function check(fd: number, argv: readonly string[] = ["test"]): Answer {
  const errno = linuxKernel.execveatCheck(
    fd,
    argv.map((text) => Buffer.from(text)),
  );
  return errno === 0 ? "ok" : errnoName(errno);
}

function checkOpened(path: string, flags: number): Answer {
  const fd = openSync(path, flags);
  try {
    return check(fd);
  } finally {
    closeSync(fd);
  }
}

/** Checks each path, opened for reading or with other flags; a FIFO does not wait for a writer. */
export function checkPaths(
  paths: readonly string[],
  {
    capabilities = "kept",
    flags = constants.O_RDONLY,
  }: { capabilities?: "kept" | "dropped"; flags?: number } = {},
): Answer[] {
  if (capabilities === "dropped") libc.dropCapabilities();
  return paths.map((path) => checkOpened(path, flags | constants.O_NONBLOCK));
}

/** @param mode If undefined, the mode that memfd_create gave it. */
export function checkMemfds(
  memfds: readonly { readonly flags?: number; readonly mode?: number; readonly content: string }[],
  { capabilities = "kept" }: { capabilities?: "kept" | "dropped" } = {},
): Answer[] {
  const fds = memfds.map(({ flags, mode, content }) => {
    const fd = libc.memfd(flags);
    if (content !== "") writeSync(fd, Buffer.from(content, "latin1"));
    if (mode !== undefined) fchmodSync(fd, mode);
    return fd;
  });
  if (capabilities === "dropped") libc.dropCapabilities();
  return fds.map((fd) => check(fd));
}

/** Descriptors that have no name. */
export function checkNameless(): Record<string, Answer> {
  const [reading, writing] = libc.pipe();
  const [socket] = libc.sockets();
  fchmodSync(writing, 0o777);
  return {
    "a pipe's reading end": check(reading),
    "a pipe's writing end": check(writing),
    "a socket": check(socket),
    "an event descriptor": check(libc.eventDescriptor()),
    "a terminal": checkOpened("/dev/ptmx", constants.O_RDWR | constants.O_NOCTTY),
  };
}

/** No descriptor at all. */
export function checkClosed(): Answer {
  return check(4095);
}

/** Checks a file while it is open for writing, and again when it is not. */
export function checkWhileWritten(path: string): { during: Answer; after: Answer } {
  const fd = openSync(path, "r");
  const writer = openSync(path, "r+");
  const during = check(fd);
  closeSync(writer);
  return { during, after: check(fd) };
}

/** A file may be opened for writing as soon as the check is over. */
export function writeAfterCheck(path: string): { first: Answer; second: Answer } {
  const fd = openSync(path, "r");
  const first = check(fd);
  openSync(path, "r+");
  return { first, second: check(fd) };
}

export function checkDeleted(path: string): Answer {
  const fd = openSync(path, "r");
  rmSync(path);
  return check(fd);
}

/** Passes the check with a descriptor of which nothing can be read. */
export function checkThenRead(path: string, flags: number): { check: Answer; read: string } {
  const fd = openSync(path, flags);
  const answer = check(fd);
  try {
    return { check: answer, read: String(readSync(fd, Buffer.alloc(1))) };
  } catch (error) {
    return { check: answer, read: (error as NodeJS.ErrnoException).code ?? "" };
  }
}

/** Checks with this many arguments of this length after the name. */
export function checkWithArguments(path: string, count: number, length: number): Answer {
  return check(openSync(path, "r"), ["test", ...Array<string>(count).fill("x".repeat(length))]);
}

export function checkUnderLandlock(path: string): { before: Answer; after: Answer; opened: Answer } {
  const fd = openSync(path, "r");
  const before = check(fd);
  libc.forbidExecutionByLandlock();
  return { before, after: checkOpened(path, constants.O_RDONLY), opened: check(fd) };
}

/** What an execution would change, before and after a check that passes. */
export function stateAround(path: string): { answer: Answer; before: string; after: string } {
  const fd = openSync(path, constants.O_RDONLY);
  // The first check loads the addon.
  check(fd);
  const before = state();
  return { answer: check(fd), before, after: state() };
}

function state(): string {
  const lines = readFileSync("/proc/thread-self/status", "utf8").split("\n");
  const kept = lines.filter((line) =>
    /^(Name|Pid|Tgid|Uid|Gid|Groups|Cap\w+|NoNewPrivs|Sig(Blk|Ign|Cgt)):/.test(line),
  );
  return [...kept, readdirSync("/proc/self/fd").join(" "), readFileSync("/proc/self/cmdline", "latin1")].join(
    "\n",
  );
}
