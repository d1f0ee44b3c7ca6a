/** A walk comes to each file of a tree, waits for nothing, leaves the tree nowhere, and goes on past what it cannot read. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errnoName } from "../../../src/exec-check/exec-check.ts";
import { walk } from "../../../src/exec-check-program/walk.ts";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";

/** Each step as a word and the path behind the tree's own, and what `meanwhile` does after each. */
function steps(
  tree: string | Buffer,
  {
    recursive = true,
    wanted,
    meanwhile,
  }: { recursive?: boolean; wanted?: (name: Buffer) => boolean; meanwhile?: (path: string) => void } = {},
): string[] {
  const found: string[] = [];
  for (const each of walk(Buffer.from(tree), recursive, wanted)) {
    const path = each.is === "link" ? "" : ` ${each.path.toString("latin1").slice(tree.length)}`;
    found.push(
      `${each.is}${path}${each.is === "unreadable" ? `: ${each.call} ${errnoName(each.errno)}` : ""}`,
    );
    meanwhile?.(path);
  }
  return found.sort();
}

const openDescriptors = () => readdirSync("/proc/self/fd").length;

test("each file of a tree once, whatever it is; links are not followed", () => {
  const tree = temporaryFolder();
  mkdirSync(join(tree, "a/b"), { recursive: true });
  makeFile(join(tree, "a/b/file"), 0o644);
  makeFile(join(tree, "unreadable"), 0);
  makeFifo(join(tree, "fifo"));
  symlinkSync("/usr", join(tree, "out"));
  symlinkSync("..", join(tree, "a/loop"));
  symlinkSync("nowhere", join(tree, "dangling"));
  const before = openDescriptors();
  expect(steps(tree)).toEqual(["file /a/b/file", "file /fifo", "file /unreadable", "link", "link", "link"]);
  expect(openDescriptors()).toBe(before);
});

test("a link that is given is followed, to a file and to a tree", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "tree"));
  makeFile(join(folder, "tree/file"), 0o644);
  symlinkSync("tree", join(folder, "to-tree"));
  symlinkSync("tree/file", join(folder, "to-file"));
  expect(steps(join(folder, "to-tree"))).toEqual(["file /file"]);
  expect(steps(join(folder, "to-file"))).toEqual(["file "]);
});

test("a folder is a file as others where it is not to be gone into", () => {
  expect(steps(temporaryFolder(), { recursive: false })).toEqual(["file "]);
});

test("what is not there, and links that lead to each other", () => {
  const folder = temporaryFolder();
  symlinkSync("b", join(folder, "a"));
  symlinkSync("a", join(folder, "b"));
  expect(steps(join(folder, "a"))).toEqual(["unreadable : open ELOOP"]);
  expect(steps(join(folder, "nothing"))).toEqual(["unreadable : open ENOENT"]);
  expect(steps("")).toEqual(["unreadable : open ENOENT"]);
});

test("names of bytes, and with line ends", () => {
  const tree = temporaryFolder();
  makeFile(Buffer.concat([Buffer.from(`${tree}/a\n`), Buffer.from([0xe9])]), 0o644);
  expect(steps(tree)).toEqual(["file /a\n\xe9"]);
});

test("a name that is not wanted is not looked at; a folder is, whatever its name", () => {
  const tree = temporaryFolder();
  mkdirSync(join(tree, "folder"));
  for (const name of ["a.py", "b", "folder/c.py"]) makeFile(join(tree, name), 0o644);
  expect(steps(tree, { wanted: (name) => name.toString().endsWith(".py") })).toEqual([
    "file /a.py",
    "file /folder/c.py",
  ]);
});

test("a folder that becomes a link out of the tree is not left by it", () => {
  const tree = temporaryFolder();
  const outside = temporaryFolder();
  makeFile(join(outside, "secret"), 0o644);
  mkdirSync(join(tree, "folder"));
  for (const name of ["1", "2", "3"]) makeFile(join(tree, "folder", name), 0o644);
  let isSwapped = false;
  const found = steps(tree, {
    meanwhile: () => {
      if (isSwapped) return;
      isSwapped = true;
      renameSync(join(tree, "folder"), join(tree, "moved"));
      symlinkSync(outside, join(tree, "folder"));
    },
  });
  expect(found.filter((step) => step.includes("secret"))).toEqual([]);
  expect(found.filter((step) => step.startsWith("file /folder/")).length).toBe(3);
});

test("a file that becomes a link after its name was read is not followed", () => {
  const tree = temporaryFolder();
  const names = ["1", "2", "3"].map((name) => makeFile(join(tree, name), 0o644));
  const found = steps(tree, {
    meanwhile: () => {
      for (const name of names) {
        rmSync(name);
        symlinkSync("/etc/passwd", name);
      }
    },
  });
  expect(found.map((step) => step.split(" ")[0])).toEqual(["file", "link", "link"]);
});

test("files that vanish meanwhile are told, and the walk goes on", () => {
  const tree = temporaryFolder();
  for (const name of ["1", "2", "3"]) makeFile(join(tree, name), 0o644);
  const found = steps(tree, {
    meanwhile: () => {
      for (const name of readdirSync(tree)) unlinkSync(join(tree, name));
    },
  });
  expect(found.filter((step) => step.startsWith("file"))).toHaveLength(1);
  expect(found.filter((step) => /^unreadable \/\d: open ENOENT$/.test(step))).toHaveLength(2);
});

test("a folder that vanishes meanwhile", () => {
  const tree = temporaryFolder();
  mkdirSync(join(tree, "folder"));
  makeFile(join(tree, "folder/file"), 0o644);
  expect(() =>
    steps(tree, { meanwhile: () => rmSync(join(tree, "folder"), { recursive: true, force: true }) }),
  ).not.toThrow();
});

test("a tree that is deeper than a path may be long", () => {
  const tree = temporaryFolder();
  const home = process.cwd();
  try {
    process.chdir(tree);
    for (let depth = 0; depth < 40; depth++) {
      mkdirSync("d".repeat(200));
      process.chdir("d".repeat(200));
    }
    makeFile("file", 0o644);
  } finally {
    process.chdir(home);
  }
  expect(steps(tree)).toEqual([`file ${`/${"d".repeat(200)}`.repeat(40)}/file`]);
});
