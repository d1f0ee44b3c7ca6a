/** What is put back before set-exec becomes the command, and in which order, as calls of the test's own get to see it. */
import { readFileSync } from "node:fs";
import { constants as os } from "node:os";
import { expect, test } from "vitest";
import { become } from "../../../src/set-exec/become.ts";

/** Writes down the calls, and executes nothing. */
function recorder(limit: { soft: bigint; hard: bigint }) {
  const made: [name: string, ...args: unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void made.push([name, ...args]);
  const calls = {
    getDescriptorLimit: () => limit,
    setDescriptorLimit: record("setDescriptorLimit"),
    clearCloseOnExec: record("clearCloseOnExec"),
    setDefaultDisposition: record("setDefaultDisposition"),
    unblockSignals: record("unblockSignals"),
    execvpe(argv: readonly Uint8Array[]) {
      made.push(["execvpe", ...argv]);
      return os.errno.ENOENT;
    },
  };
  return { calls, made };
}

const ENORMOUS = 1n << 40n;

test("descriptors and signals, then the command; and its errno", () => {
  const { calls, made } = recorder({ soft: 1024n, hard: ENORMOUS });
  expect(become([Buffer.from("none"), Buffer.from("a")], calls)).toBe(os.errno.ENOENT);
  expect(made.filter(([name]) => name !== "clearCloseOnExec")).toEqual([
    ["setDefaultDisposition", os.signals.SIGPIPE],
    ["setDefaultDisposition", os.signals.SIGXFSZ],
    ["unblockSignals"],
    ["execvpe", Buffer.from("none"), Buffer.from("a")],
  ]);
  // The standard streams stay open whatever they are.
  const kept = made.filter(([name]) => name === "clearCloseOnExec").map(([, fd]) => fd);
  expect(kept).toEqual(expect.arrayContaining([0, 1, 2]));
});

test("a soft limit that Node raised to the hard one becomes the parent's again", () => {
  const { calls, made } = recorder({ soft: ENORMOUS, hard: ENORMOUS });
  become([Buffer.from("none")], calls);
  const parents = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/limits`, "utf8"))?.[1];
  expect(made[0]).toEqual(["setDescriptorLimit", BigInt(parents as string)]);
});

test("it stays where the parent's own is no lower", () => {
  const { calls, made } = recorder({ soft: 1n, hard: 1n });
  become([Buffer.from("none")], calls);
  expect(made.map(([name]) => name)).not.toContain("setDescriptorLimit");
});
