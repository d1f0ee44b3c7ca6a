/** `--reproduce`: what it prints, pasted into a shell, shows the case. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { shell } from "../../support/run.ts";
import { KIT, kit, needsEverything } from "./kit.ts";

/** Has a case built, pastes the lines while it is held, and lets it go. */
async function pasted(which: string) {
  const child = spawn(process.execPath, [KIT, "dash", "--reproduce", which], { cwd: "/" });
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.stdin.on("error", () => {});
  let lines = "";
  child.stdout.on("data", (text) => (lines += text));
  await expect.poll(() => lines, { timeout: 20_000 }).toContain("# What was built is left: rm -r ");
  const folder = /rm -r (\S+)/.exec(lines)?.[1] as string;
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const isHeld = lines.includes("type Enter here");
  if (!isHeld) await ended;
  const { stdout, stderr } = await shell(lines, []);
  child.stdin.end("\n");
  expect(await ended).toBe(0);
  const marker = /^# It holds if (\d+) /m.exec(lines)?.[1] as string;
  return { lines, isHeld, ran: `${stdout}\n${stderr}`.includes(marker), stdout };
}

describe("a shell that asks nothing runs all of it", () => {
  test.for([
    ["file.not-executable.mode-2", false],
    ["file.held-for-writing.mode-2", true],
    ["file.deleted-not-executable.mode-2", true],
    ["file.owner-lacks-x.mode-2", false],
    ["stream.fifo.mode-2", false],
    ["stream.proc-fd.mode-3", false],
    ["stdin.at-an-offset.mode-3", false],
    ["stdin.socket.mode-3", false],
    ["snippet.mode-3:-c", false],
    ["module.noexec-mount.mode-2", true],
    ["environment.mode-4", false],
  ] as const)("%s, held: %s", async ([which, isHeld], context) => {
    needsEverything(context);
    const shown = await pasted(which);
    expect(shown).toMatchObject({ isHeld, ran: true });
    expect(shown.stdout).toContain("status 0\n");
    expect(shown.lines).toMatch(/set-exec(\.js)? (-f|-i|-f -i) -- /);
    expect(shown.lines).toContain("does not appear, and the status is not 0");
    expect(shown.lines).toMatch(/^# If not, likely: .*; see docs\/.*#/m);
  });
});

test.each([
  ["snippet", /no requirement is called snippet: /],
  ["check.always", /no single command shows: --only check\.always --details/],
  ["snippet.mode-3:-e", /no such entry for snippet\.mode-3: there are -c/],
  ["compiled.executable.mode-1", /the adapter has no entry for compiled/],
])("%s: wrong usage", async (which, complaint) => {
  const { status, stdout, stderr } = await kit(["dash", "--reproduce", which]);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(complaint),
  });
});

test("of two interpreters none", async () => {
  expect(await kit(["dash", "bash", "--reproduce", "snippet.mode-3"])).toMatchObject({
    status: 2,
    stdout: "",
  });
});
