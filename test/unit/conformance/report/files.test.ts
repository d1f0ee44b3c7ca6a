/** Where a report is written: a file of one's own is replaced, and everything else keeps what it is. */
import { spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openReportFile } from "../../../../src/conformance/report/files.ts";
import { attributeNames } from "../../../../src/linux/scene-calls.ts";
import { temporaryFolder } from "../../../support/files.ts";
import { run } from "../../../support/run.ts";
import { skipWithReason } from "../../../support/skip.ts";

const FILES = join(import.meta.dirname, "../../../../src/conformance/report/files.ts");

function writeReport(path: string, text = "new"): void {
  openReportFile(path).write(text);
}

/** A folder with a file in it, which is longer than what is written. */
function oldFile(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(file, "the old report");
  return { folder, file };
}

test("a file of one's own is replaced: whoever has it open keeps the old one", () => {
  const { folder, file } = oldFile();
  const fd = openSync(file, "r");
  writeReport(file);
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(readFileSync(fd, "utf8")).toBe("the old report");
  closeSync(fd);
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a file with two names keeps both", () => {
  const { folder, file } = oldFile();
  linkSync(file, join(folder, "other"));
  writeReport(file);
  expect(readFileSync(join(folder, "other"), "utf8")).toBe("new");
  expect(statSync(file).nlink).toBe(2);
});

test("another user's file stays this user's", (context) => {
  if (process.getuid?.() !== 0) skipWithReason(context, "this needs root, to give a file away");
  const { file } = oldFile();
  chownSync(file, 65534, 65534);
  writeReport(file);
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(statSync(file)).toMatchObject({ uid: 65534, gid: 65534 });
});

test("a file keeps its extended attributes", (context) => {
  const { file } = oldFile();
  const set = "import os, sys; os.setxattr(sys.argv[1], 'user.origin', b'here')";
  const { error, status } = spawnSync("python3", ["-c", set, file]);
  if (error !== undefined || status !== 0) skipWithReason(context, "no extended attribute can be set here");
  writeReport(file);
  expect(readFileSync(file, "utf8")).toBe("new");
  const fd = openSync(file, "r");
  expect(attributeNames(fd)).toContain("user.origin");
  closeSync(fd);
});

test("a link to nothing stays a link, and what it names is made", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "in"));
  const link = join(folder, "link");
  symlinkSync("in/report", link);
  openReportFile(link).close();
  expect(readdirSync(join(folder, "in"))).toEqual([]);
  writeReport(link);
  expect(readFileSync(join(folder, "in/report"), "utf8")).toBe("new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["in", "link"]);
});

test("a descriptor takes it where it stands", () => {
  const { file } = oldFile();
  const fd = openSync(file, "w");
  writeSync(fd, "before ");
  writeReport(`/proc/self/fd/${fd}`);
  writeSync(fd, " after");
  closeSync(fd);
  expect(readFileSync(file, "utf8")).toBe("before new after");
});

test("a descriptor that is not open for writing is found out at once", () => {
  const { file } = oldFile();
  const fd = openSync(file, "r");
  expect(() => openReportFile(`/dev/fd/${fd}`)).toThrow("EBADF");
  closeSync(fd);
  expect(() => openReportFile("/dev/fd/987")).toThrow("EBADF");
});

test("a file that is mounted is written where it is", async (context) => {
  if (process.getuid?.() !== 0) skipWithReason(context, "this needs root, to mount something");
  const { folder, file } = oldFile();
  writeFileSync(join(folder, "mounted"), "");
  const program = `import { openReportFile } from ${JSON.stringify(FILES)}; openReportFile("mounted").write("new");`;
  const argv = [process.execPath, "--input-type=module", "-e", program];
  const script = 'mount --bind file mounted && exec "$@"';
  const { status, stderr } = await run(["unshare", "--mount", "sh", "-c", script, "sh", ...argv], {
    cwd: folder,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(readdirSync(folder).sort()).toEqual(["file", "mounted"]);
});

test("one file is known by each of its names", () => {
  const { folder, file } = oldFile();
  linkSync(file, join(folder, "hard"));
  symlinkSync("file", join(folder, "soft"));
  const known = (name: string) => {
    const { identities, close } = openReportFile(name);
    close();
    return identities;
  };
  const isSame = (one: string, other: string) => known(one).some((each) => known(other).includes(each));
  for (const name of ["hard", "soft", "./file"]) expect(isSame(file, `${folder}/${name}`), name).toBe(true);
  expect(isSame(join(folder, "new"), `${folder}/./new`)).toBe(true);
  expect(isSame(file, join(folder, "new"))).toBe(false);
  expect(isSame("/dev/null", "/dev/null")).toBe(false);
});
