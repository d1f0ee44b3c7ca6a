/** Runs once, before all tests: builds the programs that several files test, where every user can reach them. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildExecutable, freshExecutable } from "../../packaging/fresh-executable.ts";
import { unprivileged } from "./users.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder that holds the executables `inc` and `set-exec`. */
    programs: string;
    /** The folder of the executables whose host is not hardened. Built here, because two files that need them run at once. */
    unhardened: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const scratch = mkdtempSync(join(tmpdir(), "inc-tests-"));
  chmodSync(scratch, 0o755);
  const programs = join(scratch, "programs");
  const counts = process.env.NODE_V8_COVERAGE;
  const [tested, unhardened] = counts
    ? [sourceForms(programs, counts), ""]
    : await Promise.all([
        reachableExecutable(programs),
        freshExecutable({ name: "unhardened", options: ["--unhardened"] }),
      ]);
  project.provide("programs", tested);
  project.provide("unhardened", unhardened);
  warm(project.getProvidedContext().compileCache);
  return () => rmSync(scratch, { recursive: true });
}

/** For coverage: the source under plain Node, whose processes write down what they ran. The executable cannot. */
function sourceForms(folder: string, counts: string): string {
  // Processes of any user write there.
  mkdirSync(counts, { recursive: true });
  chmodSync(counts, 0o1777);
  // Functions that come out of a compile cache are counted less exactly.
  process.env.NODE_DISABLE_COMPILE_CACHE = "1";
  mkdirSync(folder);
  const first = join(import.meta.dirname, "count-to-the-end.ts");
  const rooms = {
    inc: "inc",
    "set-exec": "set-exec",
    "exec-check": "exec-check-program",
    "exec-conformance": "conformance",
  };
  for (const [name, room] of Object.entries(rooms)) {
    const bin = join(import.meta.dirname, `../../src/${room}/bin.ts`);
    const program = join(folder, name);
    writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} --import ${first} ${bin} "$@"\n`, {
      mode: 0o755,
    });
  }
  return folder;
}

/** Fills the cache for set-exec: Node writes it when a process ends, and set-exec becomes another program instead. */
function warm(cache: string): void {
  const main = join(import.meta.dirname, "../../src/set-exec/main.ts");
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  spawnSync(process.execPath, ["--input-type=module", "-e", `await import(${JSON.stringify(main)})`], {
    env,
  });
}

/** The executable, built elsewhere if users cannot reach it here (a clone in a folder of mode 0700): its addon's path is fixed. */
async function reachableExecutable(elsewhere: string): Promise<string> {
  const folder = await freshExecutable();
  if (canReach(folder)) return folder;
  await buildExecutable(["--prefix", elsewhere]);
  return elsewhere;
}

function canReach(folder: string): boolean {
  return (
    spawnSync(join(folder, "set-exec"), ["--version"], { ...unprivileged.identity, cwd: "/" }).status === 0
  );
}
