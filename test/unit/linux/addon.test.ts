/** Where koffi's addon is looked for: beside the library, in the ways in which packages are laid out. */
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { addonPath } from "../../../src/linux/addon.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { run } from "../../support/run.ts";

const ADDON = addonPath();
const PACKAGE = dirname(dirname(ADDON));
const NAME = `@koromix/koffi-linux-${process.arch}`;

/** A project with a copy of the library's calls, and whatever else is put into it. */
function project(): string {
  const root = realpathSync(temporaryFolder());
  cpSync(join(import.meta.dirname, "../../../src/linux"), join(root, "linux"), { recursive: true });
  return root;
}

/** koffi, without its addon's package: its own JavaScript. */
function koffi(folder: string, text = ""): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "name": "koffi", "main": "./index.cjs" }');
  writeFileSync(join(folder, "index.cjs"), text);
  return folder;
}

/** Puts a file that cannot be loaded where the addon would be. */
function brokenAddon(root: string): string {
  const path = join(root, "node_modules", NAME, ADDON.slice(PACKAGE.length + 1));
  mkdirSync(dirname(path), { recursive: true });
  return makeFile(path, 0o644, "no library");
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Runs a text in the project. */
async function inside(root: string, text: string): Promise<string> {
  const { stdout, stderr } = await run([process.execPath, makeFile(join(root, "program.mts"), 0o644, text)]);
  return `${stdout}${stderr}`;
}

const FIND = 'import { addonPath } from "./linux/addon.ts"; console.log(addonPath());';
const CALL = 'import { libc } from "./linux/libc.ts"; libc(); console.log("loaded");';

test("it is the one that Node's own resolution finds", () => {
  const require = createRequire(import.meta.url);
  const folder = ADDON.slice(PACKAGE.length + 1);
  expect(ADDON).toBe(createRequire(require.resolve("koffi")).resolve(`${NAME}/${folder}`));
});

test("beside koffi, beneath it, and beside what koffi is a link to", async () => {
  const beside = project();
  koffi(join(beside, "node_modules/koffi"));
  link(PACKAGE, join(beside, "node_modules", NAME));
  const beneath = project();
  koffi(join(beneath, "node_modules/koffi"));
  link(PACKAGE, join(beneath, "node_modules/koffi/node_modules", NAME));
  const linked = project();
  link(
    koffi(join(linked, "node_modules/.store/koffi@3/node_modules/koffi")),
    join(linked, "node_modules/koffi"),
  );
  link(PACKAGE, join(linked, "node_modules/.store/koffi@3/node_modules", NAME));
  for (const root of [beside, beneath, linked]) {
    const found = await inside(root, FIND);
    expect(found).toMatch(new RegExp(`^${root}/.*/koffi\\.node\n$`));
    expect(realpathSync(found.trimEnd())).toBe(realpathSync(ADDON));
    expect(await inside(root, CALL)).toBe("loaded\n");
  }
});

test("the one beneath koffi comes before one of another version beside it", async () => {
  const root = project();
  koffi(join(root, "node_modules/koffi"));
  brokenAddon(root);
  link(PACKAGE, join(root, "node_modules/koffi/node_modules", NAME));
  expect(await inside(root, CALL)).toBe("loaded\n");
});

test("where it lies elsewhere, koffi's own JavaScript loads it", async () => {
  const root = project();
  koffi(join(root, "node_modules/koffi"), `module.exports = require(${JSON.stringify(ADDON)});`);
  expect(await inside(root, CALL)).toBe("loaded\n");
});

test("what is missing is named; and what was found is said to be broken, not missing", async () => {
  expect(await inside(project(), CALL)).toContain(
    "the addon koffi could not be loaded: koffi is not installed",
  );
  const bare = project();
  koffi(join(bare, "node_modules/koffi"), "throw new Error('could not find it');");
  expect(await inside(bare, CALL)).toContain(`could not be loaded: ${NAME}/`);
  const broken = project();
  koffi(join(broken, "node_modules/koffi"), "throw new Error('could not find it');");
  const addon = brokenAddon(broken);
  expect(await inside(broken, CALL)).toContain(`could not be loaded: ${addon}: `);
});
