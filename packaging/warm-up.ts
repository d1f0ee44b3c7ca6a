import { closeSync, openSync } from "node:fs";
import { basename } from "node:path";
import v8 from "node:v8";
import sample from "../samples/values.inc";
import { admit, type Kernel } from "../src/exec-check/exec-check.ts";
import { parseCommandLine } from "../src/inc/command-line.ts";
import { sourceText } from "../src/inc/source-text.ts";
import { processWorld } from "../src/inc/world.ts";
import { programArguments } from "../src/process/arguments.ts";
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

/** Runs the sample, with its output thrown away. */
function run(): void {
  const nowhere = openSync("/dev/null", "w");
  basename(process.argv0);
  programArguments();
  parseCommandLine([Buffer.from("script.inc")]);
  // The addon cannot be in the snapshot, so the kernel is not asked; and what is admitted here goes nowhere.
  const kernel: Kernel = { execveatCheck: () => 0, getSecurebits: () => 0 };
  const path = Buffer.from("/proc/self/comm");
  sourceText(admit({ from: "path", path, args: [] }, { securebits: 0, kernel }), path);

  const world = { ...processWorld([], 0), output: createOutput(nowhere), errors: createOutput(nowhere) };
  const outcome = createInterpreter(world).run({ name: "", text: sample, directory: new Uint8Array() });
  closeSync(nowhere);
  if (outcome.kind !== "done") throw new Error(`the sample did not run: ${JSON.stringify(outcome)}`);
}

/** The one way that needs no option of Node's. */
function collectGarbage(): void {
  v8.writeHeapSnapshot("/dev/null");
}
