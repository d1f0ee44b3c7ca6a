/**
 * exec-check, the program: says of files whether the kernel would execute them, and why not.
 */
import { statSync } from "node:fs";
import { isTerminal, KernelError, probeSupport } from "../exec-check/exec-check.ts";
import { nameMatcher } from "../linux/file-calls.ts";
import { programArguments } from "../program/arguments.ts";
import type { Ending } from "../program/leave.ts";
import { endWithoutOutput, OutputFailed, say } from "../program/output.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { becomeUser, GroupUnknown } from "./become-user.ts";
import { checkFile } from "./check-file.ts";
import { type Command, type Identity, parseCommandLine, type Survey } from "./command-line.ts";
import * as messages from "./messages.ts";
import type { Outcome } from "./outcome.ts";
import { createProgress } from "./progress.ts";
import { createReport } from "./report.ts";
import { NOT_ASKED, SOME_WOULD_NOT } from "./status.ts";
import { count, emptyTally } from "./tally.ts";
import { type Found, walk } from "./walk.ts";

/** Runs exec-check; gives how it ends. */
export function main(): Ending {
  try {
    return obey(parseCommandLine(programArguments()));
  } catch (error) {
    if (error instanceof OutputFailed) return endWithoutOutput(error, "exec-check", NOT_ASKED);
    if (error instanceof KernelError) return say(2, messages.kernelRefused(error), NOT_ASKED);
    if (error instanceof BytesUnknown) return say(2, messages.bytesUnknown(error), NOT_ASKED);
    throw error;
  }
}

function obey(command: Command): number {
  switch (command.do) {
    case "complain":
      return say(2, messages.complaint(command.about), NOT_ASKED);
    case "help":
      return say(1, messages.HELP);
    case "version":
      return say(1, messages.EXEC_CHECK_VERSION);
    case "check":
      return check(command);
  }
}

function check({ paths, recursive, name, user, form, summary }: Survey): number {
  // Loads libc, while it can be reached.
  const support = probeSupport();
  if (support.supported !== true) return say(2, messages.cannotAsk(support), NOT_ASKED);
  if (recursive && statSync("/proc/self/fd", { throwIfNoEntry: false }) === undefined)
    return say(2, messages.WITHOUT_PROC, NOT_ASKED);
  const refusal = user && become(user);
  if (refusal !== undefined) return say(2, refusal, NOT_ASKED);

  const tally = emptyTally();
  const report = createReport(form, summary);
  const progress = createProgress(summary || !isTerminal(1));
  const wanted = name && nameMatcher(name);
  try {
    for (const path of paths)
      for (const found of walk(path, recursive, wanted)) {
        progress.step();
        if (found.is === "link") tally.links++;
        else {
          const outcome = outcomeOf(found);
          count(tally, outcome);
          report.add(outcome);
        }
      }
  } finally {
    progress.end();
  }
  report.end(tally);
  return tally.refused + tally.unreadable === 0 ? 0 : SOME_WOULD_NOT;
}

function outcomeOf(found: Exclude<Found, { is: "link" }>): Outcome {
  if (found.is === "unreadable") return found;
  const { path, fd, stat } = found;
  const checked = checkFile(fd, path, stat);
  return checked.check === 0 ? { is: "executable", path } : { is: "refused", path, ...checked };
}

/** @returns What to say where it cannot be done. */
function become(user: Identity) {
  try {
    return void becomeUser(user);
  } catch (error) {
    if (error instanceof GroupUnknown) return messages.groupUnknown(user);
    return messages.cannotBecome(user, error as NodeJS.ErrnoException);
  }
}
