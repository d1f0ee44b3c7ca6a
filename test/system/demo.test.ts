/** `npm run demo`, into a pipe and on a terminal. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ROWS } from "../../demo/matrix.ts";
import { temporaryFolder } from "../support/files.ts";
import { run } from "../support/run.ts";
import { runInTerminal, type Typing } from "../support/terminal.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const DEMO = [process.execPath, "demo/main.ts"];

/** Closes the terminal after the first cell, whose colour is enough to see. */
const UNTIL_A_CELL: Typing = [{ after: "ran ✓", act: (terminal) => terminal.kill() }];

test("into a pipe it is plain text, with every cell and a good end", async () => {
  const { status, stdout } = await run(["npm", "run", "--silent", "demo"], {
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
  // A test runner may have set FORCE_COLOR, which would decide for both.
  const clean = ["env", "-u", "FORCE_COLOR", "-u", "CI", "-u", "NO_COLOR", "TERM=xterm-256color"];
  const env = { TMPDIR: temporaryFolder() };
  const coloured = await runInTerminal([...clean, ...DEMO], UNTIL_A_CELL, { cwd: ROOT, env });
  expect(coloured.output).toContain("\x1b[32mran ✓");
  const uncoloured = await runInTerminal([...clean, "NO_COLOR=1", ...DEMO], UNTIL_A_CELL, {
    cwd: ROOT,
    env,
  });
  expect(uncoloured.output).not.toContain("\x1b[32m");
  expect(uncoloured.output).toContain("ran ✓");
}, 120_000);
