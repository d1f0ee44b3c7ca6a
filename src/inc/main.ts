/**
 * inc, the interpreter: reads the command line, answers what is a question, and hands scripts to the pipeline.
 */
import { release } from "node:os";
import {
  AdmissionError,
  KernelError,
  kernelErrorText,
  linuxKernel,
  probeSupport,
} from "../exec-check/exec-check.ts";
import { programArguments } from "../program/arguments.ts";
import type { Ending } from "../program/leave.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { VERSION } from "../program/version.ts";
import { createOutput, OutputClosed, OutputFailed } from "../runtime/output.ts";
import { type Command, parseCommandLine } from "./command-line.ts";
import { allRun, explain } from "./explain.ts";
import { initOrigin, originOf, startupOrigin } from "./init-and-startup.ts";
import { interpret } from "./interpret.ts";
import * as messages from "./messages.ts";
import { ALWAYS_OBEYED, obeyedSecurebits } from "./obeyed-securebits.ts";
import { NotText } from "./source-text.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs inc, with these arguments instead of its own where some are given. */
export async function main(given?: readonly Buffer[]): Promise<Ending> {
  try {
    return await obey(parseCommandLine(given ?? programArguments()));
  } catch (error) {
    if (error instanceof OutputClosed) return "SIGPIPE";
    return complain(failure(error));
  }
}

function failure(error: unknown): string {
  if (error instanceof AdmissionError) return messages.notAdmitted(error);
  if (error instanceof KernelError) return messages.failed(kernelErrorText(error));
  if (error instanceof NotText || error instanceof BytesUnknown) return messages.failed(error.message);
  if (error instanceof OutputFailed) return messages.outputFailed(error.error);
  throw error;
}

function obey(command: Command): Ending | Promise<Ending> {
  switch (command.do) {
    case "complain":
      return say(2, messages.complaint(command.about), WRONG_USAGE);
    case "help":
      return say(1, messages.HELP, 0);
    case "version":
      return say(1, `inc ${VERSION}\n`, 0);
    case "status":
      return say(
        1,
        messages.status(release(), probeSupport(), linuxKernel.getSecurebits(), ALWAYS_OBEYED),
        0,
      );
    case "explain": {
      const named = [initOrigin(), startupOrigin(), originOf(command.script, command.args)];
      const origins = named.filter((origin) => origin !== undefined);
      const found = explain(origins, obeyedSecurebits());
      return say(1, found.map(messages.explanation).join(""), allRun(found) ? 0 : FAILED);
    }
    case "run":
    case "check":
    case "ast":
      return interpret(command.do, command.script, command.args);
  }
}

/** Writes a text that stands alone. */
function say(fd: 1 | 2, text: string, status: number): Ending {
  createOutput(fd, false).write(text);
  return status;
}

/** The last word: where standard error takes nothing either, the status has to do. */
function complain(text: string): Ending {
  try {
    return say(2, text, FAILED);
  } catch {
    return FAILED;
  }
}
