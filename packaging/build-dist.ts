/** Builds dist/, what is published: the library with its types, and the programs, each in one file. */
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");

rmSync(DIST, { recursive: true, force: true });

const tsc = spawnSync(
  process.execPath,
  [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", join(ROOT, "packaging/tsconfig.library.json")],
  { stdio: "inherit" },
);
if (tsc.status !== 0) process.exit(1);

const PROGRAMS = {
  inc: "inc",
  "set-exec": "set-exec",
  "exec-check": "exec-check-program",
  "exec-conformance": "conformance",
};
for (const [program, room] of Object.entries(PROGRAMS)) {
  const outfile = join(DIST, `${program}.js`);
  await build({
    entryPoints: [join(ROOT, `src/${room}/bin.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    external: ["koffi", "chevrotain"],
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  chmodSync(outfile, 0o755);
}
