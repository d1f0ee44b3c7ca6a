/**
 * set-exec, the launcher: sets the exec securebits and becomes a command. All that the command starts inherits the bits.
 */
import { KernelError, linuxKernel, modeOf, securebitNames } from "../exec-check/exec-check.ts";
import { setSecurebits } from "../linux/process-calls.ts";
import { programArguments } from "../program/arguments.ts";
import type { Ending } from "../program/leave.ts";
import type { Message } from "../program/message.ts";
import { endWithoutOutput, OutputFailed, say } from "../program/output.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { become } from "./become.ts";
import { type Command, parseCommandLine } from "./command-line.ts";
import * as messages from "./messages.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs set-exec; gives how it ends, where it did not become the command. */
export function main(): Ending {
  try {
    return obey(parseCommandLine(programArguments()));
  } catch (error) {
    if (error instanceof OutputFailed) return endWithoutOutput(error, "set-exec", FAILED);
    if (error instanceof KernelError) return say(2, messages.kernelRefused(error), FAILED);
    if (error instanceof BytesUnknown) return say(2, messages.bytesUnknown(error), FAILED);
    throw error;
  }
}

function obey(command: Command): number {
  switch (command.do) {
    case "complain":
      return say(2, messages.complaint(command.about), WRONG_USAGE);
    case "help":
      return say(1, messages.HELP);
    case "version":
      return say(1, messages.SET_EXEC_VERSION);
    case "show": {
      const securebits = linuxKernel.getSecurebits();
      return say(1, messages.shown(securebits, modeOf(securebits)));
    }
    case "run": {
      const refusal = addSecurebits(command.securebits);
      if (refusal !== undefined) return say(2, refusal, FAILED);
      const errno = become(command.argv);
      return say(2, messages.cannotExecute(command.argv[0] as Buffer, errno), FAILED);
    }
  }
}

/**
 * Adds bits to those in force. A call that would change nothing is not made: without privilege it would fail.
 *
 * @returns What to say where they cannot be set.
 */
function addSecurebits(securebits: number): Message | undefined {
  const before = linuxKernel.getSecurebits();
  const after = before | securebits;
  if (after === before) return undefined;
  try {
    setSecurebits(after);
    return undefined;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    // Each lock bit stands right above the bit it locks.
    const locked = securebitNames(((after ^ before) << 1) & before);
    return messages.cannotSet(error, locked);
  }
}
