/** The language runs anywhere: src/host/host.ts is the only file of its rooms that knows Node. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createContext, Script } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import * as host from "../../../src/host/host.ts";
import type { createInterpreter } from "../../../src/runtime/interpreter.ts";
import { temporaryFolder } from "../../support/files.ts";
import { type Outside, runText, runWith } from "../../support/in-process.ts";
import { sources } from "../program/sources.ts";
import * as otherHost from "./other-host.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const ROOMS = ["diagnostics", "host", "lexer", "parser", "values", "compiler", "runtime"];

/** Checks the types of the language's rooms as if there were no Node; gives the files with errors. */
function filesThatNeedNode(rooms: readonly string[]): string[] {
  const project = join(temporaryFolder(), "tsconfig.json");
  const compilerOptions = { types: [], lib: ["ES2024", "DOM"] };
  const include = rooms.map((room) => join(ROOT, "src", room));
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, "tsconfig.json"), compilerOptions, include }));
  const { stdout } = spawnSync("tsc", ["--pretty", "false", "-p", project], { cwd: ROOT, encoding: "utf8" });
  return [...new Set([...stdout.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file as string))];
}

test("without the types of Node, only the host is left without a meaning", () => {
  expect(filesThatNeedNode(ROOMS)).toEqual(["src/host/host.ts"]);
});

test("a file that uses Node would be noticed", () => {
  expect(filesThatNeedNode(["inc"])).toContain("src/inc/process-streams.ts");
});

test("text becomes code in the host, and nowhere else in src", () => {
  const makesCode = /node:vm"|\beval\(|\bFunction\(|\brunIn\w*Context\b|\b_compile\b/;
  const found = sources().filter(({ file, code }) => file.startsWith("src/") && makesCode.test(code));
  expect(found.map(({ file }) => file)).toEqual(["src/host/host.ts"]);
});

/** The language as one text for a browser, with another host, evaluated where there is nothing of Node. */
async function withoutNode(): Promise<typeof createInterpreter> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "src/runtime/interpreter.ts")],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "language",
    plugins: [
      {
        name: "another host",
        setup({ onResolve }) {
          onResolve({ filter: /\/host\.ts$/ }, () => ({ path: join(import.meta.dirname, "other-host.ts") }));
        },
      },
    ],
  });
  const context = createContext({ TextDecoder });
  new Script(outputFiles[0]?.text ?? "").runInContext(context);
  return (context as { language: { createInterpreter: typeof createInterpreter } }).language
    .createInterpreter;
}

test("another host has the same exports", () => {
  const other: typeof host = otherHost;
  expect(Object.keys(other).sort()).toEqual(Object.keys(host).sort());
});

test("another host runs the same programs, with the same errors", async () => {
  const create = await withoutNode();
  const outside: Outside = {
    input: "41\nline\n",
    args: ["é"],
    files: { "m.inc": "fn f(x) { return 1 / x }" },
  };
  const manual = readFileSync(join(ROOT, "docs/language.md"), "utf8");
  const examples = [...manual.matchAll(/```inc\n(.*?)```/gs)].map(([, program]) => program as string);
  const programs = [
    "?\n+\nprint read_line(), args()",
    'import "m.inc"\nprint eval("m")',
    'import "m.inc"\nm.f(0)',
  ];
  for (const program of [...examples, ...programs]) {
    const here = runText(program, outside);
    const { output, errors } = runWith(create, program, outside);
    expect({ output, errors }).toEqual({ output: here.output, errors: here.errors });
  }
});
