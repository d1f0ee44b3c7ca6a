/** `npm run demo`, as a stranger runs it: into a pipe, and on a terminal. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ROWS } from "../demo/matrix.ts";
import { run } from "./support/run.ts";
import { runInTerminal } from "./support/terminal.ts";

const ROOT = resolve(import.meta.dirname, "..");
const DEMO = [process.execPath, "demo/main.ts"];

test("into a pipe it is plain text, with every cell and a good end", async () => {
  const { status, stdout } = await run(DEMO, {
    cwd: ROOT,
    env: { FORCE_COLOR: undefined, NO_COLOR: undefined },
  });
  expect(stdout).not.toContain("\x1b");
  expect(stdout.match(/ (ran|refused) ✓/g)).toHaveLength(ROWS.length * 4);
  expect(stdout).toContain("under SECBIT_EXEC_RESTRICT_FILE");
  expect(stdout).toContain("Every cell holds its rule.");
  expect(status).toBe(0);
}, 120_000);

test("on a terminal it has colour, unless NO_COLOR asks for none", async () => {
  // FORCE_COLOR, which a test runner may have set, would decide for both.
  const clean = ["env", "-u", "FORCE_COLOR", "-u", "CI", "-u", "NO_COLOR", "TERM=xterm-256color"];
  const coloured = await runInTerminal([...clean, ...DEMO], [], { cwd: ROOT });
  expect(coloured.output).toContain("\x1b[32mran ✓");
  const uncoloured = await runInTerminal([...clean, "NO_COLOR=1", ...DEMO], [], { cwd: ROOT });
  expect(uncoloured.output).not.toContain("\x1b[32m");
  expect(uncoloured.output).toContain("ran ✓");
}, 120_000);
