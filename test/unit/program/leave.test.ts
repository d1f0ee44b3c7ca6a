/** How programs end, and that only leave.ts sets a status. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sources } from "./sources.ts";

const LEAVE = join(import.meta.dirname, "../../../src/program/leave.ts");

/** Runs a program that leaves so. */
function left(call: string, before: readonly string[] = []) {
  const code = `import { leave } from ${JSON.stringify(LEAVE)}; ${call}`;
  const [program, ...args] = [...before, process.execPath, "--input-type=module", "-e", code];
  const { status, signal, stderr } = spawnSync(program as string, args, { encoding: "utf8" });
  return { status, signal, stderr };
}

test.each([0, 1, 255])("status %i", (status) => {
  expect(left(`leave(${status})`)).toEqual({ status, signal: null, stderr: "" });
});

test.each(["SIGHUP", "SIGINT", "SIGPIPE", "SIGQUIT", "SIGTERM"])("by %s", (signal) => {
  expect(left(`leave("${signal}")`)).toEqual({ status: null, signal, stderr: "" });
});

test("a signal that is handled until then", () => {
  expect(left('process.on("SIGTERM", () => {}); leave("SIGTERM")').signal).toBe("SIGTERM");
});

test("another way out is taken first, and Node's where that fails", () => {
  expect(left("leave(7, (status) => process.kill(process.pid, status + 8))").signal).toBe("SIGTERM");
  expect(left('leave(7, () => { throw new Error("no addon") })')).toMatchObject({ status: 7, stderr: "" });
});

test("leave.ts is the only place in the programs that sets an exit status", () => {
  const sets = sources().filter(({ code }) => /process\.(exit|reallyExit|abort)\b|exitCode/.test(code));
  expect(sets.map(({ file }) => file)).toEqual(["src/program/leave.ts"]);
});
