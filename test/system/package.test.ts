/** What is published: packed, installed in an empty folder, and used from there, from TypeScript and from JavaScript. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonReport } from "../../src/conformance/report/json.ts";
import { makeFile } from "../support/files.ts";
import { run } from "../support/run.ts";
import { skipWithReason } from "../support/skip.ts";
import { needsStrace } from "../support/strace.ts";
import { needs, USERS } from "../support/users.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

let folder: string;
let installed: { failure?: string };
let packed: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inc-package-"));
  chmodSync(folder, 0o755);
  const pack = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    stdio: ["ignore", "pipe", "ignore"],
    cwd: ROOT,
    encoding: "utf8",
  });
  const [{ filename, files }] = JSON.parse(pack.slice(pack.indexOf("[")));
  packed = files.map((file: { path: string }) => file.path);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const { status, stderr } = spawnSync("npm", ["install", "--prefer-offline", `./${filename}`], {
    cwd: folder,
    encoding: "utf8",
  });
  installed = status === 0 ? {} : { failure: stderr.split("\n")[0] ?? "" };
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach((context) => {
  if (installed.failure !== undefined)
    skipWithReason(context, `npm cannot install here: ${installed.failure}`);
});

const PROGRAM = `import { admit, AdmissionError, decide, probeSupport } from "enlightened-inc/exec-check";
const code = admit({ from: "path", path: process.argv[2]!, args: ["an argument"] });
console.log(code.source, Buffer.from(code.bytes).toString().trim());
console.log(probeSupport().supported, decide("snippet", "nothing", 0x400).run);
try {
  admit({ from: "path", path: process.argv[2]! }, { securebits: 0x100 });
} catch (error) {
  console.log(error instanceof AdmissionError && error.failure.is);
}
`;
const PRINTS = "file the text\ntrue false\nrefused\n";

test("holds what it needs, and nothing else", () => {
  expect(packed).toContain("dist/inc.js");
  expect(packed).toContain("dist/exec-check/exec-check.d.ts");
  expect(packed).toContain("LICENSE");
  expect(packed.filter((path) => /^(src|test|packaging|build|node_modules)\//.test(path))).toEqual([]);
});

test("brings no Node along", async () => {
  const { stdout } = await run(["npm", "ls", "--all", "--parseable"], { cwd: folder });
  expect(stdout).toContain("node_modules/koffi");
  expect(stdout).not.toMatch(/node-linux|esbuild|vitest/);
});

test("works from JavaScript", async () => {
  const script = makeFile(join(folder, "n.inc"), 0o644, "the text\n");
  makeFile(join(folder, "use.js"), 0o644, PROGRAM.replaceAll("]!", "]"));
  expect(await run([process.execPath, "use.js", script], { cwd: folder })).toMatchObject({
    status: 0,
    stdout: PRINTS,
  });
});

test.each([["nodenext"], ["bundler"]])("works from TypeScript, moduleResolution %s", async (resolution) => {
  const script = makeFile(join(folder, "n.inc"), 0o644, "the text\n");
  makeFile(join(folder, "use.ts"), 0o644, PROGRAM);
  const module = resolution === "nodenext" ? "nodenext" : "esnext";
  const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
  const options = [
    "--strict",
    "--noEmit",
    "--target",
    "es2024",
    "--module",
    module,
    "--moduleResolution",
    resolution,
  ];
  const checked = await run([process.execPath, TSC, ...options, ...types, "use.ts"], { cwd: folder });
  expect(checked).toMatchObject({ status: 0, stdout: "" });
  expect(await run([process.execPath, "use.ts", script], { cwd: folder })).toMatchObject({
    status: 0,
    stdout: PRINTS,
  });
});

test("what nothing but an admission can make does not type-check", async () => {
  makeFile(
    join(folder, "forge.ts"),
    0o644,
    `import type { AdmittedCode } from "enlightened-inc/exec-check";
export const forged: AdmittedCode = { source: "file", name: "x", identity: undefined, bytes: new Uint8Array(), release() {} };
`,
  );
  const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
  const options = ["--strict", "--noEmit", "--target", "es2024", "--module", "nodenext"];
  const { status, stdout } = await run([process.execPath, TSC, ...options, ...types, "forge.ts"], {
    cwd: folder,
  });
  expect(status).not.toBe(0);
  expect(stdout).toContain("AdmittedCode");
});

test("its programs run", async () => {
  const bin = (name: string) => join(folder, "node_modules/.bin", name);
  const { status, stdout } = await run([bin("set-exec"), "-f", "--", bin("inc"), "-c", "print 6 * 7"], {
    cwd: folder,
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "42\n" });
  const refused = await run([bin("set-exec"), "-i", "--", bin("inc"), "-c", "print 6 * 7"], { cwd: folder });
  expect(refused).toMatchObject({ status: 1, stdout: "" });
});

/** A program of the package, with a copy of Node on PATH that every user can reach. */
function bin(name: string): string[] {
  const node = join(folder, "node");
  if (!existsSync(node)) copyFileSync(process.execPath, node);
  return ["env", `PATH=${folder}:${process.env.PATH}`, join(folder, "node_modules/.bin", name)];
}

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));

  // Each case starts a Node, so everything is judged once; as root, only what needs a tracer or differs for root.
  const options = {
    root: ["check", "securebits", "locked", "file.noexec-mount", "file.landlock"].flatMap((id) => [
      "--only",
      id,
    ]),
    unprivileged: ["--no-trace"],
  }[user.name];

  test("its judge finds nothing against its interpreter", { timeout: 300_000 }, async (context) => {
    await needsStrace(context, { user });
    const inc = join(folder, "node_modules/.bin/inc");
    const argv = [...bin("exec-conformance"), `inc=${inc}`, "--strict", ...options, "--report", "json"];
    const { status, stdout, stderr } = await run(argv, { user });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(
      /^exec-conformance: \S+ is a script: what is judged is \/usr\/bin\/env, [^\n]*\n$/,
    );
    const [judged] = (JSON.parse(stdout) as JsonReport).interpreters;
    const idsWith = (wanted: string) =>
      (judged?.requirements ?? []).filter(({ verdict }) => verdict === wanted).map(({ id }) => id);
    expect(idsWith("broken")).toEqual([]);
    const untried = user.name === "root" ? /^$/ : /^(startup|check|securebits|fault|race)\./;
    expect(idsWith("skipped").filter((id) => !untried.test(id))).toEqual([]);
    expect(idsWith("holds").length).toBeGreaterThan(user.name === "root" ? 20 : 130);
  });
});
