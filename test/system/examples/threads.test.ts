/** A check that passes keeps threads from being created anywhere in the process: what each file to copy does about it. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { run } from "../../support/run.ts";
import { BUILDS, type Build, built } from "./builds.ts";

/** What the program says of 300 threads, created beside the checks of a file that passes. */
function threads(way: "plain" | "kept", program: string) {
  const file = makeFile(join(temporaryFolder(), "file"), 0o755, "print 1\n");
  return run([program, way, file]);
}

/** How many could not be created; Go's runtime ends the program at the first, until its version 1.20 tries again. */
async function failures(program: string, { language }: Build): Promise<number> {
  const { status, stdout, stderr } = await threads("plain", program);
  if (language !== "go") return Number(stdout);
  return status !== 0 && stderr.includes("failed to create new OS thread") ? 1 : 0;
}

describe.each(BUILDS)("$name", (build) => {
  test("without, threads cannot be created", async (context) => {
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
