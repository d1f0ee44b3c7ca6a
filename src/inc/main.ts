/**
 * inc, the interpreter: reads the command line, answers what is a question, and hands scripts to the pipeline.
 */
import { AdmissionError, KernelError, linuxKernel, probeSupport } from "../exec-check/exec-check.ts";
import { kernelRelease } from "../linux/kernel-release.ts";
import { programArguments } from "../program/arguments.ts";
import type { Ending } from "../program/leave.ts";
import { endWithoutOutput, OutputFailed, say } from "../program/output.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { type Command, originOf, parseCommandLine } from "./command-line.ts";
import { allRun, explain } from "./explain.ts";
import { initOrigin, startupOrigin } from "./init-and-startup.ts";
import { interpret } from "./interpret.ts";
import * as messages from "./messages.ts";
import { ALWAYS_OBEYED, obeyedSecurebits } from "./obeyed-securebits.ts";
import { NotText } from "./source-text.ts";
import { FAILED, WRONG_USAGE } from "./status.ts";

/** Runs inc, with these arguments instead of its own where some are given. */
export async function main(given?: readonly Buffer[]): Promise<Ending> {
  try {
    return await obey(parseCommandLine(given ?? programArguments()));
  } catch (error) {
    if (error instanceof OutputFailed) return endWithoutOutput(error, "inc", FAILED);
    if (error instanceof AdmissionError) return say(2, messages.notAdmitted(error), FAILED);
    if (error instanceof KernelError) return say(2, messages.kernelRefused(error), FAILED);
    if (error instanceof NotText || error instanceof BytesUnknown)
      return say(2, messages.failed(error.message), FAILED);
    throw error;
  }
}

function obey(command: Command): Ending | Promise<Ending> {
  switch (command.do) {
    case "complain":
      return say(2, messages.complaint(command.about), WRONG_USAGE);
    case "help":
      return say(1, messages.HELP);
    case "version":
      return say(1, messages.INC_VERSION);
    case "status":
      return say(
        1,
        messages.status(kernelRelease(), probeSupport(), linuxKernel.getSecurebits(), ALWAYS_OBEYED),
      );
    case "explain": {
      const securebits = obeyedSecurebits();
      const named = [initOrigin(), startupOrigin(), originOf(command)];
      const found = explain(
        named.filter((origin) => origin !== undefined),
        securebits,
      );
      return say(1, messages.explanations(found), allRun(found) ? 0 : FAILED);
    }
    case "run":
    case "check":
    case "ast":
      return interpret(command.do, originOf(command), command.args, obeyedSecurebits());
  }
}
