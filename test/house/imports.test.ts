/** The lint rules that guard the import directions: each is broken once, in a copy of the layout, and must say so. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/files.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Lints one file for each import, in a folder with the project's own configuration; gives the imports complained about. */
function complaints(imports: readonly (readonly [file: string, imported: string])[]): string[] {
  const copy = temporaryFolder();
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const written = imports.map(([file, imported], index) => {
    const path = file.replace("*", `x${index}`);
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    writeFileSync(join(copy, path), `export * from "${imported}";\n`);
    return path;
  });
  const { stdout, stderr } = spawnSync(
    "biome",
    ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "src"],
    {
      cwd: copy,
      encoding: "utf8",
    },
  );
  expect(stdout + stderr).toContain(`Checked ${imports.length} files`);
  return imports
    .filter((_, index) => (stdout + stderr).includes(`${written[index]}:1:15 lint/style/noRestrictedImports`))
    .map((each) => each.join(" imports "));
}

test("a forbidden direction is a complaint", () => {
  const forbidden = [
    ["src/exec-check/*.ts", "../parser/parse.ts"],
    ["src/exec-check/*.ts", "../process/leave.ts"],
    ["src/exec-check/*.ts", "koffi"],
    ["src/exec-check/linux-kernel.ts", "../inc/main.ts"],
    ["src/lexer/*.ts", "../parser/parse.ts"],
    ["src/lexer/*.ts", "../exec-check/exec-check.ts"],
    ["src/parser/*.ts", "../runtime/x.ts"],
    ["src/parser/*.ts", "../exec-check/policy.ts"],
    ["src/runtime/*.ts", "../exec-check/exec-check.ts"],
    ["src/runtime/*.ts", "../inc/main.ts"],
    ["src/runtime/*.ts", "node:vm"],
    ["src/runtime/*.ts", "node:worker_threads"],
    ["src/process/*.ts", "../exec-check/exec-check.ts"],
    ["src/set-exec/*.ts", "../inc/main.ts"],
    ["src/set-exec/*.ts", "../exec-check/admit.ts"],
    ["src/inc/*.ts", "../exec-check/admit.ts"],
    ["src/inc/*.ts", "../set-exec/main.ts"],
    ["src/inc/*.ts", "koffi"],
  ] as const;
  expect(complaints(forbidden)).toEqual(forbidden.map((each) => each.join(" imports ")));
});

test("an allowed one is none", () => {
  expect(
    complaints([
      ["src/exec-check/linux-kernel.ts", "koffi"],
      ["src/exec-check/*.ts", "./policy.ts"],
      ["src/parser/*.ts", "../lexer/tokens.ts"],
      ["src/runtime/*.ts", "../parser/ast.ts"],
      ["src/inc/*.ts", "../exec-check/exec-check.ts"],
      ["src/inc/*.ts", "../runtime/x.ts"],
      ["src/set-exec/*.ts", "../process/leave.ts"],
    ]),
  ).toEqual([]);
});

test("a cycle is a complaint", () => {
  const copy = temporaryFolder();
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, "src/inc"), { recursive: true });
  writeFileSync(join(copy, "src/inc/a.ts"), 'export { b as a } from "./b.ts";\n');
  writeFileSync(join(copy, "src/inc/b.ts"), 'export { a as b } from "./a.ts";\n');
  const { status, stderr } = spawnSync("biome", ["lint", "--vcs-enabled=false", "src"], {
    cwd: copy,
    encoding: "utf8",
  });
  expect(stderr).toContain("lint/suspicious/noImportCycles");
  expect(status).not.toBe(0);
});
