/** The calculators of examples/enlighten, built with Debian's compilers, in a folder that every user can reach. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, type TestContext } from "vitest";
import { type Build, EXAMPLES, runCompiler, type Source } from "../../../scripts/calculators.ts";
import { skipWithReason } from "../../support/skip.ts";

const scratch = mkdtempSync(join(tmpdir(), "enlighten-test-"));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true }));

/** The program, built once a test file, or a skip where its compiler is missing or this machine cannot run it. */
export function built(context: TestContext, build: Build, source: Source = "calc"): string {
  if (!existsSync(build.compiler))
    skipWithReason(context, `there is no ${build.compiler}: Debian has it in ${build.package}`);
  const folder = join(scratch, build.name.replaceAll(/\W+/g, "-"));
  const program = join(folder, build.compile === undefined ? `${source}.py` : source);
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    cpSync(join(EXAMPLES, build.language), folder, { recursive: true });
    cpSync(join(import.meta.dirname, "threads"), folder, { recursive: true });
    if (build.compile !== undefined)
      runCompiler(build.compiler, build.compile(source), folder, join(scratch, "go"));
    chmodSync(program, 0o755);
  }
  if (spawnSync(program, ["-c", "print 1"]).error !== undefined)
    skipWithReason(context, `this machine cannot run what ${build.compiler} makes`);
  return program;
}

/** The adapter of a build's language. */
export const adapterOf = ({ language }: Build): string => join(EXAMPLES, language, "calc.json");
