/** Which descriptors of this Node process are taken for inherited ones. */
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { inheritedDescriptors } from "../../../src/set-exec/inherited-descriptors.ts";
import { makeFifo, temporaryFolder } from "../../support/files.ts";
import { eventDescriptor, pipe, sockets } from "../../support/libc.ts";

function keptOf(...fds: number[]): boolean[] {
  const inherited = inheritedDescriptors();
  return fds.map((fd) => inherited.includes(fd));
}

function untilTheEnd<T extends number[]>(...fds: T): T {
  onTestFinished(() => fds.forEach((fd) => void closeSync(fd)));
  return fds;
}

test("the standard streams, whatever they are", () => {
  expect(keptOf(0, 1, 2)).toEqual([true, true, true]);
});

test("files, folders, devices and sockets", () => {
  const fds = untilTheEnd(
    ...["/etc/passwd", "/", "/dev/null"].map((path) => openSync(path, "r")),
    ...sockets(),
  );
  expect(keptOf(...fds)).toEqual(fds.map(() => true));
});

test("one end of a pipe, but not both, and no event descriptor", () => {
  const [read, write] = pipe();
  const [, event] = untilTheEnd(read, eventDescriptor());
  expect(keptOf(read, write, event)).toEqual([false, false, false]);
  closeSync(write);
  expect(keptOf(read)).toEqual([true]);
});

test("both ends of a pipe that has a name", () => {
  const fifo = makeFifo(join(temporaryFolder(), "fifo"));
  const read = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const fds = untilTheEnd(read, openSync(fifo, constants.O_WRONLY));
  expect(keptOf(...fds)).toEqual([true, true]);
});

test("none that is closed", () => {
  const fd = openSync("/", "r");
  closeSync(fd);
  expect(keptOf(fd)).toEqual([false]);
});
