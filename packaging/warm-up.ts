import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import v8 from "node:v8";
import sample from "../samples/values.inc";
import { main } from "../src/inc/main.ts";
import { type Libc, withLibc } from "../src/linux/libc.ts";
import { programArguments } from "../src/program/arguments.ts";

/**
 * Leaves in the snapshot the bytecode that a run needs and no other: that of a function that has run is kept in it, and
 * need not be compiled at each start, but has to be read at each. So what building the program and starting Node took is
 * forgotten, and then what every run does is done once.
 */
export function warmUp(): void {
  v8.setFlagsFromString("--stress-flush-code");
  collectGarbage();
  v8.setFlagsFromString("--no-stress-flush-code");
  run();
  // What was compiled for it is no part of a snapshot: it has to be gone.
  collectGarbage();
}

/** Runs the sample as the program would. What it prints goes to whoever builds. */
function run(): void {
  const folder = mkdtempSync(join(tmpdir(), "inc-build-"));
  const script = join(folder, "sample.inc");
  writeFileSync(script, sample);
  programArguments();
  withLibc(NO_LIBC, () => {
    main([Buffer.from(script)]).then((ending) => {
      if (ending !== 0) throw new Error(`the sample ended with ${ending}`);
    });
  });
  rmSync(folder, { recursive: true });
}

/** The addon cannot be in the snapshot, so the kernel is not asked; and what is admitted here goes nowhere. */
const NO_LIBC: Libc = {
  func: (prototype) => () => (prototype.includes("getauxval") ? "" : 0),
  errno: () => 0,
  address: () => 0,
  environ: () => 0,
};

/** The one way that needs no option of Node's. */
function collectGarbage(): void {
  v8.writeHeapSnapshot("/dev/null");
}
