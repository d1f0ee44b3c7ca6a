import sample from "../samples/values.inc";
import { admit, type Kernel } from "../src/exec-check/exec-check.ts";
import { parseCommandLine } from "../src/inc/command-line.ts";
import { sourceText } from "../src/inc/source-text.ts";
import { createInterpreter } from "../src/runtime/interpreter.ts";
import type { World } from "../src/runtime/world.ts";

/**
 * Does what every run does, once, while the snapshot is made: a function that has run is kept in it as bytecode, and
 * need not be compiled at each start. Nothing is run, and of what is found nothing is kept.
 */
export function warmUp(): void {
  parseCommandLine([Buffer.from("script.inc")]);
  // The addon cannot be in the snapshot, so the kernel is not asked; and what is admitted here goes nowhere.
  const kernel: Kernel = { execveatCheck: () => 0, getSecurebits: () => 0 };
  const path = Buffer.from("/proc/self/comm");
  sourceText(admit({ from: "path", path, args: [] }, { securebits: 0, kernel }), path);

  const nothing = { write: () => {}, flush: () => {} };
  const world = { args: [], env: () => undefined, output: nothing, errors: nothing } as unknown as World;
  const problems = createInterpreter(world).check({ name: "", text: sample, directory: new Uint8Array() });
  if (problems.length > 0) throw new Error(`the sample has errors: ${problems[0]?.message}`);
}
