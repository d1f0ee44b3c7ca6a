/**
 * Builds the executable: build/inc, its links, and the addon that it loads.
 *
 * pkg's simple SEA mode is used through its module, because its command line passes neither the base binary nor the
 * configuration on. That module is not a public interface: its version is pinned, and only this file uses it.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, join, matchesGlob, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { addonPath } from "../src/linux/addon.ts";
import { SECBIT_EXEC_DENY_INTERACTIVE, SECBIT_EXEC_RESTRICT_FILE } from "../src/linux/uapi.ts";
import { INPUTS } from "./fresh-executable.ts";
import { JUDGE_ASSET } from "./judge.ts";
import host from "./node/package.json" with { type: "json" };
import { editNode } from "./node-edits.ts";
import { slimChevrotain } from "./slim-chevrotain.ts";
import { stripElf } from "./strip-elf.ts";

const require = createRequire(import.meta.url);

const options = parseArgs({
  options: {
    /** Where the executable is to live: the addon's path is fixed in it. Default: the build folder. */
    prefix: { type: "string" },
    /** Where it is put now, if not there: the scratch root of a package. */
    into: { type: "string" },
    /** Obey as if the bit were always set. */
    "always-restrict-file": { type: "boolean", default: false },
    "always-deny-interactive": { type: "boolean", default: false },
    /** For the tests alone: leaves the host open, to show that what it is shut against is real. */
    unhardened: { type: "boolean", default: false },
    /** For the tests alone: another program on the same host. */
    entry: { type: "string" },
  },
}).values;
const ROOT = resolve(import.meta.dirname, "..");
const PREFIX = resolve(options.prefix ?? join(ROOT, "build"));
const INTO = resolve(options.into ?? PREFIX);
const ENTRY = resolve(options.entry ?? join(import.meta.dirname, "executable.ts"));
const ALWAYS_SECUREBITS =
  (options["always-restrict-file"] ? SECBIT_EXEC_RESTRICT_FILE : 0) |
  (options["always-deny-interactive"] ? SECBIT_EXEC_DENY_INTERACTIVE : 0);
const LINKS = ["set-exec", "exec-check", "exec-conformance"];

/** How the host is shut: each line is there because of something that worked without it. Those on speed come last. */
const SEA_CONFIG = {
  disableExperimentalSEAWarning: true,
  // No file of code is looked for, and no bytecode is taken from a cache that others can write.
  useSnapshot: true,
  // NODE_OPTIONS and --node-options are not read.
  execArgvExtension: "none",
  execArgv: [
    // SIGUSR1 opens no inspector.
    "--disable-sigusr1",
    // OPENSSL_CONF loads no provider.
    "--openssl-config=/dev/null",
    // No eval and no Function: scripts are compiled by vm.Script, in one place.
    "--disallow-code-generation-from-strings",
    "--no-warnings",
    // A young generation of at most 3 times 4 MB, not 16: most of what a script makes is soon garbage, and to touch new
    // memory costs more than to collect garbage a little more often.
    "--max-semi-space-size=4",
    // One thread besides the main one: to start four takes a twentieth of the whole start, and a script has no use for them.
    "--v8-pool-size=1",
    // V8's baseline compiler works in batches, here of 100 kB of code: a start does not fill one, and would gain nothing.
    "--baseline-batch-compilation-threshold=100000",
    // Node repeats argv[0] after these, and would read it as an option where it begins with a hyphen.
    "--",
  ],
};
const UNHARDENED_SEA_CONFIG = { disableExperimentalSEAWarning: true };

/** All that the programs import of Node. None of these starts a process, opens a port or makes another JavaScript world. */
const BUILTINS = ["fs", "module", "os", "path", "readline", "sea", "stream", "v8", "vm"];

/** What the judge uses beyond these: it starts what it judges. It compiles nothing. */
const JUDGE_BUILTINS = [
  "child_process",
  "crypto",
  "fs",
  "module",
  "os",
  "path",
  "sea",
  "timers/promises",
  "tty",
  "util",
];

if (process.version !== `v${host.version}`) {
  process.stderr.write(
    `this is Node ${process.version}, and the executable is made of ${host.version}: run it by npm\n`,
  );
  process.exit(1);
}
// What is set for the build must not get into the snapshot.
for (const name of Object.keys(process.env)) if (/^(NODE|INC)_/.test(name)) delete process.env[name];
// A warning, such as that node:vm is not verified in snapshots, makes Node load its streams and sockets into the snapshot.
process.env.NODE_NO_WARNINGS = "1";

mkdirSync(INTO, { recursive: true });
const work = mkdtempSync(join(INTO, ".build-"));
try {
  installAddon();
  const bundle = join(work, "inc.cjs");
  const judge = join(work, JUDGE_ASSET);
  await bundleTo(bundle, ENTRY, options.entry === undefined ? BUILTINS : undefined);
  await bundleTo(judge, join(ROOT, "src/conformance/main.ts"), JUDGE_BUILTINS);
  await inject(bundle, judge, baseBinary());
  for (const link of LINKS) {
    rmSync(join(INTO, link), { force: true });
    symlinkSync("inc", join(INTO, link));
  }
} catch (error) {
  process.stderr.write(`the executable could not be built: ${shortened(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}

/** The addon beside the executable; 0755, because some linkers ask whether a library may be executed. */
function installAddon(): void {
  const next = join(work, "koffi.node");
  copyFileSync(addonPath(), next);
  chmodSync(next, 0o755);
  renameSync(next, join(INTO, "koffi.node"));
}

async function bundleTo(outfile: string, entry: string, builtins?: readonly string[]): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    logLevel: "warning",
    metafile: true,
    // What is imported when it is needed is required then: a snapshot's program can import nothing.
    supported: { "dynamic-import": false },
    plugins: [slimChevrotain],
    loader: { ".inc": "text" },
    define: {
      KOFFI_ADDON: JSON.stringify(join(PREFIX, "koffi.node")),
      ALWAYS_SECUREBITS: String(ALWAYS_SECUREBITS),
      "import.meta.url": '"file:///"',
    },
  });
  if (builtins === undefined) return;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const others = imports
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("node:") || !builtins.includes(path.slice(5)));
  if (others.length > 0)
    throw new Error(`${basename(outfile)} imports ${others.join(", ")}, which is not to be in it`);
  const unknown = Object.keys(metafile.inputs).filter(
    (file) => !file.includes("node_modules/") && !INPUTS.some((input) => matchesGlob(file, input)),
  );
  if (unknown.length > 0)
    throw new Error(
      `${basename(outfile)} is made from ${unknown.join(", ")}: name it in fresh-executable.ts`,
    );
}

/** Node itself, without its symbols. Stripped before injection: afterwards it crashes. */
function baseBinary(): string {
  const binary = join(work, "node");
  const node = stripElf(readFileSync(process.execPath));
  writeFileSync(binary, options.unhardened ? node : editNode(node, ["data", "code"]), { mode: 0o755 });
  return binary;
}

async function inject(bundle: string, judge: string, nodePath: string): Promise<void> {
  // It tells of each step on standard output; errors and warnings stay.
  require("@yao-pkg/pkg/lib-es5/log").log.info = () => {};
  require("@yao-pkg/pkg/lib-es5/options").default.set({});
  const sea = require("@yao-pkg/pkg/lib-es5/sea").default;
  const output = join(work, "inc");
  const target = { nodeRange: "node24", platform: "linux", arch: process.arch, output };
  const assets = { [JUDGE_ASSET]: judge };
  const seaConfig = { ...(options.unhardened ? UNHARDENED_SEA_CONFIG : SEA_CONFIG), assets };
  await sea(bundle, { nodePath, targets: [target], seaConfig });
  if (!existsSync(output)) throw new Error("pkg made none");
  if (!options.unhardened) writeFileSync(output, editNode(readFileSync(output), ["snapshot"]));
  chmodSync(output, 0o755);
  renameSync(output, join(INTO, "inc"));
}

/** An error of the build without the lines of minified code that it quotes. */
function shortened(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split("\n")
    .map((line) => (line.length > 300 ? `${line.slice(0, 100)} …` : line))
    .join("\n");
}
