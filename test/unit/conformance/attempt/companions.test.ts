/** The files that are there beside the code. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeCompanions } from "../../../../src/conformance/attempt/companions.ts";
import type { Stage } from "../../../../src/conformance/attempt/stage.ts";
import { temporaryFolder } from "../../../support/files.ts";

test("each has its text, its mode, and an age that no cache is younger than", () => {
  const home = temporaryFolder();
  const code = join(home, "code");
  writeFileSync(code, "");
  const files = [
    { path: "deep/{name}.py", text: "# {name}\n", mode: "755" },
    { path: "plain", text: "" },
  ];
  writeCompanions({ name: "x", command: [], files }, { home, user: undefined } as Stage, { name: "marked" });
  const [marked, plain] = ["deep/marked.py", "plain"].map((path) => statSync(join(home, path)));
  expect(readFileSync(join(home, "deep/marked.py"), "utf8")).toBe("# marked\n");
  expect((marked?.mode ?? 0) & 0o777).toBe(0o755);
  expect((plain?.mode ?? 0) & 0o777).toBe(0o644);
  expect(marked?.mtimeMs).toBeLessThan(statSync(code).mtimeMs - 86_400_000);
});
