/** Builds the Debian package: build/enlightened-inc_VERSION_ARCH.deb. Wants dpkg-deb, and otherwise npm alone. */
import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import project from "../package.json" with { type: "json" };

const options = parseArgs({
  options: {
    /** For the tests: a larger package, sooner built. */
    quick: { type: "boolean", default: false },
    /** Where the package is put. Default: the build folder. */
    into: { type: "string" },
  },
}).values;
const ROOT = resolve(import.meta.dirname, "..");
const DEBIAN = join(import.meta.dirname, "debian");
const BUILD = resolve(options.into ?? join(ROOT, "build"));
const PREFIX = "/usr/lib/enlightened-inc";
const DOC = "usr/share/doc/enlightened-inc";
// The variables that Debian's own tools read. The default address is reserved for examples (RFC 2606): whoever publishes the
// package sets these.
const { DEBFULLNAME = "The Inc authors", DEBEMAIL = "inc@example.org" } = process.env;
const MAINTAINER = `${DEBFULLNAME} <${DEBEMAIL}>`;
const ARCHITECTURE = process.arch === "x64" ? "amd64" : process.arch;
const PACKAGE = join(BUILD, `enlightened-inc_${project.version}_${ARCHITECTURE}.deb`);

if (spawnSync("dpkg-deb", ["--version"]).error !== undefined) {
  fail("dpkg-deb is missing: the package can be built on Debian, or where dpkg is installed");
}

mkdirSync(BUILD, { recursive: true });
const scratch = mkdtempSync(join(BUILD, ".deb-"));
process.umask(0o022);
try {
  chmodSync(scratch, 0o755);
  installPrograms();
  installDocuments();
  writeControl();
  writeChecksums();
  dpkgDeb();
} finally {
  rmSync(scratch, { recursive: true });
}

function at(path: string): string {
  const whole = join(scratch, path);
  mkdirSync(dirname(whole), { recursive: true });
  return whole;
}

function installPrograms(): void {
  const into = at(PREFIX);
  const build = [join(import.meta.dirname, "build-exe.ts"), "--prefix", PREFIX, "--into", into];
  const { status } = spawnSync(process.execPath, build, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
  for (const name of readdirSync(into)) {
    if (!name.includes(".")) symlinkSync(`../lib/enlightened-inc/${name}`, at(`usr/bin/${name}`));
  }
}

function installDocuments(): void {
  for (const name of ["inc", "set-exec", "exec-check", "exec-conformance"]) {
    const page = readFileSync(join(DEBIAN, `${name}.1`));
    compress(`usr/share/man/man1/${name}.1.gz`, page);
    copy(join(DEBIAN, `completions/${name}.bash`), `usr/share/bash-completion/completions/${name}`);
    copy(join(DEBIAN, `completions/_${name}`), `usr/share/zsh/vendor-completions/_${name}`);
    copy(join(DEBIAN, `completions/${name}.fish`), `usr/share/fish/vendor_completions.d/${name}.fish`);
  }
  copy(join(DEBIAN, "lintian-overrides"), "usr/share/lintian/overrides/enlightened-inc");
  copy(join(ROOT, "samples"), `${DOC}/examples`);
  for (const folder of ["docs", "adapters"]) copy(join(ROOT, folder), `${DOC}/${folder}`);
  writeFileSync(at(`${DOC}/copyright`), copyright());
  compress(
    `${DOC}/LICENSE.node.gz`,
    readFileSync(join(ROOT, `node_modules/node-linux-${process.arch}/LICENSE`)),
  );
  const date = new Date(statSync(join(ROOT, "CHANGELOG.md")).mtimeMs).toUTCString().replace("GMT", "+0000");
  const entry = `enlightened-inc (${project.version}) unstable; urgency=low\n\n  * See CHANGELOG.md of the project.\n\n -- ${MAINTAINER}  ${date}\n`;
  compress(`${DOC}/changelog.gz`, Buffer.from(entry));
}

function copy(from: string, to: string): void {
  if (statSync(from).isDirectory()) {
    for (const name of readdirSync(from)) copy(join(from, name), `${to}/${name}`);
    return;
  }
  cpSync(from, at(to));
  // As scripts: executable for all or for nobody, whatever the umask of the checkout.
  chmodSync(at(to), (statSync(from).mode & 0o100) === 0 ? 0o644 : 0o755);
}

function compress(to: string, content: Buffer): void {
  writeFileSync(at(to), gzipSync(content, { level: 9 }));
}

/** The format that Debian reads by machine. Node's own licence file, which is a book, stands beside it as it is. */
function copyright(): string {
  const indented = (text: string) => text.trim().replace(/^/gm, " ").replace(/^ $/gm, " .");
  const licence = (name: string) => indented(readFileSync(join(ROOT, name), "utf8"));
  return [
    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
    "Upstream-Name: enlightened-inc",
    "",
    "Files: *",
    "Copyright: the Inc authors",
    "License: Expat",
    licence("LICENSE"),
    "",
    "Files: usr/lib/enlightened-inc/koffi.node",
    "Copyright: Niels Martignène",
    "License: Expat-koffi",
    licence("node_modules/koffi/LICENSE.txt"),
    "",
    "Files: usr/lib/enlightened-inc/inc",
    "Copyright: the Node.js contributors, and the authors of the parts named below; the Chevrotain authors",
    "License: Node-and-Apache-2.0",
    " Node.js, and each part of it, is under the licence that LICENSE.node.gz, in this folder, gives for it.",
    " Chevrotain is under the Apache License 2.0: see /usr/share/common-licenses/Apache-2.0.",
    "",
  ].join("\n");
}

function writeControl(): void {
  const kibibytes = Number(spawnSync("du", ["-sk", scratch], { encoding: "utf8" }).stdout.split("\t", 1)[0]);
  writeFileSync(
    at("DEBIAN/control"),
    [
      "Package: enlightened-inc",
      `Version: ${project.version}`,
      `Architecture: ${ARCHITECTURE}`,
      `Maintainer: ${MAINTAINER}`,
      `Installed-Size: ${kibibytes}`,
      "Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6 (>= 9)",
      "Suggests: strace",
      "Section: interpreters",
      "Priority: optional",
      "Description: enlightened script interpreter and the launcher that restricts it",
      " Inc asks the kernel of each script whether it would execute it (execveat with",
      " AT_EXECVE_CHECK, Linux 6.14 or later) and obeys the answer where the exec",
      " securebits say so. set-exec sets these bits and becomes a command.",
      "",
    ].join("\n"),
  );
}

/** For `dpkg --verify`. */
function writeChecksums(): void {
  const lines = readdirSync(scratch, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(scratch, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("DEBIAN/"))
    .map((file) => `${hash("md5", readFileSync(join(scratch, file)))}  ${file}\n`);
  writeFileSync(at("DEBIAN/md5sums"), lines.sort().join(""));
}

function dpkgDeb(): void {
  // Level 1: the executable is large, and a higher one takes a minute for a tenth less.
  const compression = options.quick ? ["-Zgzip", "-z1"] : ["-Zxz", "-z1"];
  const how = ["--root-owner-group", ...compression, "--build", scratch, PACKAGE];
  const { status, stderr } = spawnSync("dpkg-deb", how, { encoding: "utf8" });
  if (status !== 0) fail(`dpkg-deb: ${stderr.trim()}`);
  process.stdout.write(`${PACKAGE}\n`);
}

function fail(reason: string): never {
  process.stderr.write(`the package could not be built: ${reason}\n`);
  process.exit(1);
}
