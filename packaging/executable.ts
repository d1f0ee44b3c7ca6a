/**
 * The executable's entry: one file, several programs, told apart by the name they are called by. Everything that is
 * imported here is evaluated once, when the executable is built, and kept in its startup snapshot; but see judge.ts.
 */
import { basename } from "node:path";
import { startupSnapshot } from "node:v8";
import { main as execCheck } from "../src/exec-check-program/main.ts";
import { main as inc } from "../src/inc/main.ts";
import { exit } from "../src/linux/process-calls.ts";
import { type Ending, leave } from "../src/program/leave.ts";
import { internalError } from "../src/program/messages.ts";
import { say } from "../src/program/output.ts";
import { main as setExec } from "../src/set-exec/main.ts";
import { judge } from "./judge.ts";
import { shutHost } from "./shut-host.ts";
import { warmUp } from "./warm-up.ts";

const PROGRAMS: Readonly<Record<string, () => Ending | Promise<Ending>>> = {
  inc,
  "set-exec": setExec,
  "exec-check": execCheck,
  "exec-conformance": judge,
};

const FAILED = 1;

async function program(): Promise<Ending> {
  // A link has its own name; under any other name, this is the interpreter.
  const called = basename(process.argv0);
  try {
    return await (Object.hasOwn(PROGRAMS, called) ? (PROGRAMS[called] as typeof inc) : inc)();
  } catch (error) {
    // A fault of ours. Node's own message would quote the line, which is the whole bundle.
    return say(2, internalError(called, error), FAILED);
  }
}

if (startupSnapshot.isBuildingSnapshot()) {
  warmUp();
  shutHost();
  startupSnapshot.setDeserializeMainFunction(async () => {
    leave(await program(), exit);
  });
} else {
  // Without a snapshot there is the unhardened build, which the tests make: it leaves as Node does.
  program().then((ending) => leave(ending));
}
