import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill } from "../adapter/template.ts";
import { launch } from "../sandbox/launch.ts";
import type { Missing } from "../sandbox/missing.ts";
import { quietly } from "../sandbox/quietly.ts";
import type { Setting } from "./attempt.ts";
import { environment } from "./environment.ts";

/** How much is shown of what the compiler said, in characters. */
const SHOWN = 500;

/** Compiles the code with the interpreter's own tool, in mode 1, as whoever runs the cases. */
export async function prepare(
  { workplace, adapter, interpreter: judged, twin, timeoutMs }: Setting,
  command: readonly string[],
  text: Uint8Array,
): Promise<Uint8Array | Missing> {
  const { user } = workplace;
  const home = workplace.folder(user).path;
  const [source, file] = [join(home, "source"), join(home, "made")];
  writeFileSync(source, text);
  // A build that enforces always may refuse the text that it is to compile.
  const interpreter = twin ?? judged;
  const values = { interpreter, source, file };
  const { status, stderr, notStarted } = await launch({
    argv: command.map((each) => fill(each, values)),
    env: environment(home, [adapter.env], values),
    cwd: home,
    stdin: "ignore",
    user,
    mode: 1,
    timeoutMs,
  });
  const made = status === 0 ? quietly(() => readFileSync(file)) : undefined;
  return (
    made ?? { missing: `the code could not be compiled: ${notStarted ?? stderr.trim().slice(0, SHOWN)}` }
  );
}
