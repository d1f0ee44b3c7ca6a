import { closeSync, openSync } from "node:fs";
import v8 from "node:v8";
import sample from "../samples/values.inc";
import { type Kernel, linuxKernel } from "../src/exec-check/exec-check.ts";
import { main } from "../src/inc/main.ts";
import { processWorld } from "../src/inc/world.ts";
import { createInterpreter } from "../src/runtime/interpreter.ts";
import { createOutput } from "../src/runtime/output.ts";

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

/** Runs an empty script as the program would, and the sample with its output thrown away. */
function run(): void {
  const { argv } = process;
  const real = { ...linuxKernel };
  // The addon cannot be in the snapshot, so the kernel is not asked; and what is admitted here goes nowhere.
  Object.assign(linuxKernel, { execveatCheck: () => 0, getSecurebits: () => 0 } satisfies Kernel);
  process.argv = [...argv.slice(0, 2), "/dev/null"];
  main();
  Object.assign(linuxKernel, real);
  process.argv = argv;

  const nowhere = openSync("/dev/null", "w");
  const output = createOutput(nowhere);
  const world = { ...processWorld([], 0), output, errors: output };
  const outcome = createInterpreter(world).run({ name: "", text: sample, directory: new Uint8Array() });
  closeSync(nowhere);
  if (outcome.kind !== "done") throw new Error(`the sample did not run: ${JSON.stringify(outcome)}`);
}

/** The one way that needs no option of Node's. */
function collectGarbage(): void {
  v8.writeHeapSnapshot("/dev/null");
}
