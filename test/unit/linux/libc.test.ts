/** Another libc for a time, as the build of the executable has it: nothing of it may be left. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { linuxKernel } from "../../../src/exec-check/exec-check.ts";
import { type Libc, perLibc, withLibc } from "../../../src/linux/libc.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";

beforeEach(needsCheck);

/** Answers every call with this. */
const answering = (answer: number): Libc => ({
  func: () => () => answer,
  errno: () => 0,
  address: () => 0,
  environ: () => 0,
});

test("it answers within, and the kernel does after", () => {
  const path = makeFile(join(temporaryFolder(), "script"), 0o644, "print 1\n");
  const fd = openSync(path, "r");
  const ask = () => [linuxKernel.getSecurebits(), linuxKernel.execveatCheck(fd, [Buffer.from(path)])];
  const [bits] = ask();
  const seen: unknown[] = [];
  withLibc(answering(7), () => seen.push(ask()));
  seen.push(ask());
  withLibc(answering(8), () => seen.push(ask()));
  seen.push(ask());
  closeSync(fd);
  expect(seen).toEqual([
    [7, 0],
    [bits, 13],
    [8, 0],
    [bits, 13],
  ]);
});

test("it is gone also where something fails within", () => {
  const bits = linuxKernel.getSecurebits();
  expect(() =>
    withLibc(answering(7), () => {
      throw new RangeError("within");
    }),
  ).toThrow(RangeError);
  expect(linuxKernel.getSecurebits()).toBe(bits);
});

test("what holds addresses is made once for each", () => {
  const made: number[] = [];
  const get = perLibc(() => made.push(made.length));
  get();
  get();
  expect(made).toEqual([0]);
  withLibc(answering(0), () => {
    get();
    get();
  });
  expect(made).toEqual([0, 1]);
  get();
  expect(made).toEqual([0, 1, 2]);
});
