/** A check that passes keeps threads from being created anywhere in the process: what each file to copy does about it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUILDS, type Build } from "../../../scripts/calculators.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { run } from "../../support/run.ts";
import { needsStrace } from "../../support/strace.ts";
import { built } from "./builds.ts";

/** Creates 300 threads beside the checks of a file that passes. The program says how many could not be created. */
function threads(way: "plain" | "kept", program: string, before: readonly string[] = []) {
  const file = makeFile(join(temporaryFolder(), "file"), 0o755, "print 1\n");
  return run([...before, program, way, file]);
}

/** Go's runtime dies of the first failure, or tries again from its version 1.20: a trace shows the failure in both. */
async function failures(program: string, { language }: Build): Promise<number> {
  if (language !== "go") return Number((await threads("plain", program)).stdout);
  const log = join(temporaryFolder(), "trace");
  await threads("plain", program, ["strace", "-f", "--seccomp-bpf", "-e", "trace=clone,?clone3", "-o", log]);
  return readFileSync(log, "latin1").match(/= -1 EAGAIN/g)?.length ?? 0;
}

describe.each(BUILDS)("$name", (build) => {
  test("without, threads cannot be created", async (context) => {
    if (build.language === "go") await needsStrace(context);
    const program = built(context, build, "threads");
    // A busy machine may let the two threads take turns.
    let failed = 0;
    for (let tries = 0; failed === 0 && tries < 20; tries++) failed = await failures(program, build);
    expect(failed).toBeGreaterThan(0);
  });

  test("its way, all of them can", async (context) => {
    const { status, stdout, stderr } = await threads("kept", built(context, build, "threads"));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "0\n", stderr: "" });
  });
});
