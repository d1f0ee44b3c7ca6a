/** Within the executable, text becomes code only where scripts are compiled. See inside.ts. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { freshExecutable } from "../../../packaging/fresh-executable.ts";
import { run } from "../../support/run.ts";

const ENTRY = ["--entry", join(import.meta.dirname, "inside.ts")];

test("on the executable's host, vm.Script alone works", async () => {
  const folder = await freshExecutable({ name: "inside", options: ENTRY });
  const { stdout, stderr } = await run([join(folder, "inc")]);
  expect({ stdout, stderr }).toEqual({ stdout: '["vm.Script"]', stderr: "" });
});

test("on an open host, the others do", async () => {
  const folder = await freshExecutable({ name: "inside-unhardened", options: [...ENTRY, "--unhardened"] });
  const { stdout } = await run([join(folder, "inc")]);
  expect(JSON.parse(stdout)).toEqual(
    expect.arrayContaining([
      "eval, directly",
      "Function",
      "a new context",
      "a worker, by process.getBuiltinModule",
      "a worker, by createRequire",
    ]),
  );
});
