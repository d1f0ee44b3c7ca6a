/** What is put back before set-exec becomes the command, and in which order, as a kernel of the test's own gets to see it. */
import { readFileSync } from "node:fs";
import { constants as os } from "node:os";
import { expect, test } from "vitest";
import type { LauncherKernel } from "../../src/exec-check/exec-check.ts";
import { become } from "../../src/set-exec/become.ts";

/** Writes down the calls, and executes nothing. */
function recorder(limit: { soft: bigint; hard: bigint }) {
  const calls: [name: string, ...args: unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args]);
  const kernel = {
    getDescriptorLimit: () => limit,
    setDescriptorLimit: record("setDescriptorLimit"),
    clearCloseOnExec: record("clearCloseOnExec"),
    setDefaultDisposition: record("setDefaultDisposition"),
    unblockSignals: record("unblockSignals"),
    execvpe(argv: readonly Uint8Array[]) {
      calls.push(["execvpe", ...argv]);
      return os.errno.ENOENT;
    },
  };
  return { kernel: kernel as unknown as LauncherKernel, calls };
}

const ENORMOUS = 1n << 40n;

test("descriptors and signals, then the command; and its errno", () => {
  const { kernel, calls } = recorder({ soft: 1024n, hard: ENORMOUS });
  expect(become(kernel, [Buffer.from("none"), Buffer.from("a")])).toBe(os.errno.ENOENT);
  expect(calls.filter(([name]) => name !== "clearCloseOnExec")).toEqual([
    ["setDefaultDisposition", os.signals.SIGPIPE],
    ["setDefaultDisposition", os.signals.SIGXFSZ],
    ["unblockSignals"],
    ["execvpe", Buffer.from("none"), Buffer.from("a")],
  ]);
  // The standard streams stay open whatever they are.
  const kept = calls.filter(([name]) => name === "clearCloseOnExec").map(([, fd]) => fd);
  expect(kept).toEqual(expect.arrayContaining([0, 1, 2]));
});

test("a soft limit that Node raised to the hard one becomes the parent's again", () => {
  const { kernel, calls } = recorder({ soft: ENORMOUS, hard: ENORMOUS });
  become(kernel, [Buffer.from("none")]);
  const parents = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/limits`, "utf8"))?.[1];
  expect(calls[0]).toEqual(["setDescriptorLimit", BigInt(parents as string)]);
});

test("it stays where the parent's own is no lower", () => {
  const { kernel, calls } = recorder({ soft: 1n, hard: 1n });
  become(kernel, [Buffer.from("none")]);
  expect(calls.map(([name]) => name)).not.toContain("setDescriptorLimit");
});
