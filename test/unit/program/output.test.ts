/** Output that is slow, full or not read: the rules at the top of output.ts. */
import { type StdioOptions, spawn } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";

const SAYING = join(import.meta.dirname, "saying.ts");

function opened(path: string, flags: number): number {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** Runs saying.ts to its end. */
function saying(fd: 1 | 2, words: string, times: number, stdio: StdioOptions, more: string[] = []) {
  const child = spawn(process.execPath, [SAYING, String(fd), words, String(times), ...more], { stdio });
  const ended = new Promise<[status: number | null, signal: string | null]>((resolve) =>
    child.on("close", (status, signal) => resolve([status, signal])),
  );
  return { child, ended };
}

test("a full pipe that does not wait gets all of the text", async () => {
  const { child, ended } = saying(1, "0123456789", 65_536, ["ignore", "pipe", "inherit"], ["non-blocking"]);
  // Three times what is buffered: it is full before anybody reads.
  await sleep(300);
  expect(await text(child.stdout as NonNullable<typeof child.stdout>)).toBe("0123456789".repeat(65_536));
  expect(await ended).toEqual([5, null]);
});

test("nobody reads standard output: it ends by SIGPIPE, without a word", async () => {
  const { child, ended } = saying(1, "a line\n", 1_000_000, ["ignore", "pipe", "pipe"]);
  child.stdout?.destroy();
  expect(await text(child.stderr as NonNullable<typeof child.stderr>)).toBe("");
  expect(await ended).toEqual([null, "SIGPIPE"]);
});

test("standard output takes nothing: it says so, and ends with its status for failure", async () => {
  const full = opened("/dev/full", constants.O_WRONLY);
  const { child, ended } = saying(1, "a line\n", 1, ["ignore", full, "pipe"]);
  expect(await text(child.stderr as NonNullable<typeof child.stderr>)).toBe(
    "program: cannot write to standard output: ENOSPC (no space left on device)\n",
  );
  expect(await ended).toEqual([6, null]);
});

test("neither stream takes anything: the status alone tells", async () => {
  const full = opened("/dev/full", constants.O_WRONLY);
  expect(await saying(1, "a line\n", 1, ["ignore", full, full]).ended).toEqual([6, null]);
});

test.each(["full", "read by nobody"])("standard error is %s: the status stays what it is", async (how) => {
  const full = opened("/dev/full", constants.O_WRONLY);
  const { child, ended } = saying(2, "a line\n", 10, ["ignore", "ignore", how === "full" ? full : "pipe"]);
  child.stderr?.destroy();
  expect(await ended).toEqual([5, null]);
});
