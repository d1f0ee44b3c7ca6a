/** What biome.json adds to the linter's recommended rules: names are held. */
import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/files.ts";
import { ROOT } from "./import-rules.ts";

const NAMING = "lint/style/useNamingConvention";

/** Texts, and the one rule that each breaks. */
const CASES: readonly (readonly [text: string, rule: string | undefined])[] = [
  ["try {\n  print();\n} catch (thrown) {\n  print(thrown);\n}", NAMING],
  ["try {\n  print();\n} catch (error) {\n  print(error);\n}", undefined],
  ["export const tries = 3;", "plugin"],
  ['export const names = ["a", "b"] as const;', "plugin"],
  ["export const pattern: RegExp = /a/;", "plugin"],
  ["export const TRIES = 3;", undefined],
  ["export const twice = (n: number) => 2 * n;", undefined],
  ["export function tries() {\n  const most = 3;\n  return most;\n}", undefined],
  ["export type file_kind = string;", NAMING],
  ["export function read_all() {}", NAMING],
  ["export let state: any;", "lint/suspicious/noExplicitAny"],
];

test("names are as biome.json says", () => {
  const copy = temporaryFolder();
  for (const file of ["biome.json", "scripts/constants-in-capitals.grit"])
    cpSync(join(ROOT, file), join(copy, file));
  for (const [at, [text]] of CASES.entries()) writeFileSync(join(copy, `case-${at}.ts`), `${text}\n`);
  const { stdout, stderr } = spawnSync(
    join(ROOT, "node_modules/.bin/biome"),
    ["lint", "--vcs-enabled=false", "--reporter=concise", "."],
    { cwd: copy, encoding: "utf8" },
  );
  const broken = (at: number) => new RegExp(` case-${at}\\.ts:\\S+ ([^:]+):`).exec(stdout + stderr)?.[1];
  expect(CASES.map(([text], at) => [text, broken(at)])).toEqual(CASES);
});
