import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import v8 from "node:v8";
import sample from "../samples/values.inc";
import { main } from "../src/inc/main.ts";
import { type Libc, withLibc } from "../src/linux/libc.ts";
import { programArguments } from "../src/program/arguments.ts";
import { requireInternal } from "./require-internal.ts";

/**
 * Leaves in the snapshot the bytecode that a run needs, and no other. A snapshot keeps the bytecode of each function that has
 * run, which a start then need not compile but has to read. So what Node and the program's own making have compiled is
 * dropped, and then all that a run does is done once: what Node does before the program, and the program with a sample.
 */
export function warmUp(): void {
  v8.setFlagsFromString("--stress-flush-code");
  collectGarbage();
  v8.setFlagsFromString("--no-stress-flush-code");
  prepareMainThread();
  run();
  // What was compiled for it cannot be part of a snapshot.
  collectGarbage();
}

/**
 * Does what Node does before it calls a program's main function. Node has done so once before it evaluated this program,
 * for the snapshot, and does so again at each start: it is made to be repeated.
 */
function prepareMainThread(): void {
  const { prepareMainThreadExecution } = requireInternal("internal/process/pre_execution") as {
    prepareMainThreadExecution(expandArgv1: boolean, initializeModules: boolean): void;
  };
  prepareMainThreadExecution(false, true);
}

/** Runs the sample as the program would. What it prints goes to whoever builds. */
function run(): void {
  const folder = mkdtempSync(join(tmpdir(), "inc-build-"));
  const script = join(folder, "sample.inc");
  writeFileSync(script, sample);
  process.argv.push(script);
  programArguments();
  process.argv.pop();
  withLibc(NO_LIBC, () => {
    main([Buffer.from(script)]).then((ending) => {
      if (ending !== 0) throw new Error(`the sample ended with ${ending}`);
    });
  });
  rmSync(folder, { recursive: true });
}

/** The addon cannot be part of a snapshot, so the kernel is not asked; and what is admitted here goes nowhere. */
const NO_LIBC: Libc = {
  func: (prototype) => () => (prototype.includes("getauxval") ? "" : 0),
  errno: () => 0,
  address: () => 0,
  environ: () => 0,
};

/** The one way to collect all garbage that needs no option of Node's. */
function collectGarbage(): void {
  v8.writeHeapSnapshot("/dev/null");
}
