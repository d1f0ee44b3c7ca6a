/** The Debian package: built, looked at, installed into a scratch root, used there, and removed. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADAPTERS } from "../../../src/conformance/adapter/shipped.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { EXEC_CHECK, EXEC_CONFORMANCE, INC, SET_EXEC } from "../../support/programs.ts";
import { run, shell, starts } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";
import { needs, root } from "../../support/users.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
let built: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
let hasDpkg: boolean;
let isOffline: boolean;
let folder: string;

beforeAll(async () => {
  hasDpkg = await starts(["dpkg-deb", "--version"], root);
  folder = mkdtempSync(join(tmpdir(), "inc-deb-"));
  const namespace = ["unshare", ...(root.missing === undefined ? ["-n"] : ["-rn"])];
  isOffline = await starts([...namespace, "true"], root);
  const [command, ...args] = [
    ...(isOffline ? namespace : []),
    process.execPath,
    ...[join(ROOT, "packaging/build-deb.ts"), "--quick", "--into", folder],
  ] as [string, ...string[]];
  const env = { ...process.env, DEBFULLNAME: "A Packager", DEBEMAIL: "packager@example.com" };
  built = spawnSync(command, args, { encoding: "utf8", env });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("without dpkg-deb, the build says so in one line", async (context) => {
  if (hasDpkg) return;
  expect(built).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^[^\n]*dpkg-deb is missing[^\n]*\n$/),
  });
  skipWithReason(context, "no dpkg-deb: no package is tested");
});

test("the build wants no network, says where it is, and no more", (context) => {
  if (!isOffline)
    skipWithReason(context, "no network namespace can be made: the build may have used the network");
  if (!hasDpkg) return;
  expect(built).toMatchObject({ status: 0, stderr: "" });
  expect(built.stdout).toMatch(/^\/.*\/enlightened-inc_[\d.]+_(amd64|arm64)\.deb\n$/);
});

test("every file is root's, and nobody else may write to one", async () => {
  if (!hasDpkg) return;
  const { stdout } = await run(["dpkg-deb", "--contents", built.stdout.trim()]);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !/^([-d]rw[x-]r-[x-]r-[x-]|lrwxrwxrwx) root\/root /.test(line))).toEqual([]);
});

test("its maintainer is who builds it", async () => {
  if (!hasDpkg) return;
  const { stdout } = await run(["dpkg-deb", "--field", built.stdout.trim(), "Maintainer"]);
  expect(stdout).toBe("A Packager <packager@example.com>\n");
});

test("lintian finds neither error nor warning", async (context) => {
  if (!hasDpkg) return;
  if (!(await starts(["lintian", "--version"], root))) skipWithReason(context, "no lintian");
  const { status, stdout } = await run(["lintian", "--fail-on", "error,warning", built.stdout.trim()]);
  expect({ status, found: stdout.split("\n").filter((line) => /^[EW]:/.test(line)) }).toEqual({
    status: 0,
    found: [],
  });
});

test("installed, used and removed", async (context) => {
  needs(context, root);
  if (!hasDpkg) return;
  const scratch = temporaryFolder();
  const dpkg = ["dpkg", "--root", scratch, "--force-depends", "--force-not-root", "--log=/dev/null"];
  // The database of a system where nothing is installed yet.
  await shell('mkdir -p "$1/var/lib/dpkg/info" "$1/var/lib/dpkg/updates" && touch "$1/var/lib/dpkg/status"', [
    scratch,
  ]);
  const installed = await run([...dpkg, "--install", built.stdout.trim()]);
  expect(installed.status, installed.stderr).toBe(0);

  expect(readdirSync(join(scratch, "usr/bin")).sort()).toEqual([
    "exec-check",
    "exec-conformance",
    "inc",
    "set-exec",
  ]);
  expect(readlinkSync(join(scratch, "usr/bin/inc"))).toBe("../lib/enlightened-inc/inc");
  for (const name of ["inc", "set-exec", "exec-check", "exec-conformance"]) {
    const page = gunzipSync(readFileSync(join(scratch, `usr/share/man/man1/${name}.1.gz`))).toString();
    expect(page).toContain(".SH EXIT STATUS");
  }
  const doc = join(scratch, "usr/share/doc/enlightened-inc");
  expect(readFileSync(join(doc, "copyright"), "utf8")).toContain("License: Expat");
  expect(lstatSync(join(doc, "examples/counter.inc")).mode & 0o777).toBe(0o755);

  // As if it were installed on the machine itself, in its own place.
  const script = makeFile(join(scratch, "s.inc"), 0o755, "+\n");
  const there = [
    "mount --bind /usr/lib /usr/lib",
    'mkdir -p "$0/lower" "$0/work"',
    'mount -t overlay overlay -o "lowerdir=$0/usr/lib:/usr/lib" /usr/lib',
    'test -e /usr/lib/enlightened-inc/inc && "$0/usr/bin/inc" "$1" && cd / && exec "$0/usr/bin/set-exec" -f -- "$0/usr/bin/inc" "$1"',
  ].join(" && ");
  const used = await run(["unshare", "-m", "sh", "-c", there, scratch, script]);
  if (/overlay|mount/.test(used.stderr))
    skipWithReason(context, `nothing can be mounted here: ${used.stderr}`);
  expect(used).toMatchObject({ status: 0, stdout: "1\n1\n" });

  const verify = ["dpkg", "--root", scratch, "--verify", "enlightened-inc"];
  expect(await run(verify)).toMatchObject({ status: 0, stdout: "" });
  appendFileSync(join(scratch, "usr/lib/enlightened-inc/inc"), "another byte");
  expect((await run(verify)).stdout).toMatch(/^..5\S* +\/usr\/lib\/enlightened-inc\/inc\n$/);

  expect(await run([...dpkg, "--purge", "enlightened-inc"])).toMatchObject({ status: 0 });
  for (const path of ["usr/bin/inc", "usr/lib/enlightened-inc", "usr/share/doc/enlightened-inc"]) {
    expect(existsSync(join(scratch, path))).toBe(false);
  }
});

test.each([
  ["inc", INC],
  ["set-exec", SET_EXEC],
  ["exec-check", EXEC_CHECK],
  ["exec-conformance", EXEC_CONFORMANCE],
])("the manual page and the completions of %s know all its options", async (name, program) => {
  const debian = join(ROOT, "packaging/debian");
  const { stdout } = await run([program, "--help"]);
  const long = new Set(stdout.match(/(?<=[ ,])--[a-z][a-z-]+/g));
  expect(long.size).toBeGreaterThan(2);
  const page = readFileSync(join(debian, `${name}.1`), "utf8").replaceAll("\\-", "-");
  for (const option of long) expect(page).toContain(option);
  for (const file of [`${name}.bash`, `_${name}`, `${name}.fish`]) {
    const text = readFileSync(join(debian, "completions", file), "utf8");
    const spelt = (option: string) => (file.endsWith(".fish") ? `-l ${option.slice(2)}` : option);
    for (const option of long) expect(text).toContain(spelt(option));
    if (name === "exec-conformance") for (const adapter of ADAPTERS) expect(text).toContain(adapter.name);
  }
});

const COMPLETIONS: readonly [shell: string, command: readonly string[]][] = [
  [
    "bash",
    ["-c", 'source "$0/inc.bash" && COMP_WORDS=(inc --st) COMP_CWORD=1 && _inc inc --st && echo $COMPREPLY'],
  ],
  [
    "zsh",
    [
      "-f",
      "-c",
      'fpath=("$0") && autoload -U +X _inc && functions _inc && zsh -n "$0/_set-exec" "$0/_exec-check" "$0/_exec-conformance"',
    ],
  ],
  ["fish", ["-c", 'source "$argv[1]/inc.fish"; complete -C "inc --st"']],
];

test.each(COMPLETIONS)("completions for %s", async (name, command) => {
  const completions = join(ROOT, "packaging/debian/completions");
  const outcome = await run([name, ...command, completions]).catch(() => undefined);
  if (outcome === undefined) {
    process.stderr.write(`no ${name}: its completions are not tried\n`);
    expect(process.env).not.toMatchObject({ CI_NO_SKIP: "1" });
    return;
  }
  expect(outcome.stdout).toContain("--status");
});
