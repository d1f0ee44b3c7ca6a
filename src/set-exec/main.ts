/**
 * set-exec: sets the exec securebits and becomes a command, which then runs as every program would on a system that
 * asks interpreters to check. The bits are inherited by all that the command starts.
 */
import { writeSync } from "node:fs";
import {
  KernelError,
  kernelErrorText,
  linuxKernel,
  modeOf,
  securebitNames,
} from "../exec-check/exec-check.ts";
import { programArguments } from "../program/arguments.ts";
import { VERSION } from "../program/version.ts";
import { become } from "./become.ts";
import { type Command, parseCommandLine } from "./command-line.ts";
import * as messages from "./messages.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs set-exec; gives its exit status where it did not become the command. */
export function main(): number {
  try {
    return obey(parseCommandLine(programArguments()));
  } catch (error) {
    const reason = error instanceof KernelError ? kernelErrorText(error) : (error as Error).message;
    return say(2, messages.failed(reason), FAILED);
  }
}

function obey(command: Command): number {
  switch (command.do) {
    case "complain":
      return say(2, messages.complaint(command.about), WRONG_USAGE);
    case "help":
      return say(1, messages.HELP, 0);
    case "version":
      return say(1, `set-exec ${VERSION}\n`, 0);
    case "show": {
      const securebits = linuxKernel.getSecurebits();
      return say(1, messages.shown(securebits, modeOf(securebits)), 0);
    }
    case "run": {
      const refusal = addSecurebits(command.securebits);
      if (refusal !== undefined) return say(2, refusal, FAILED);
      const errno = become(linuxKernel, command.argv);
      return say(2, messages.cannotExecute(command.argv[0] as Buffer, errno), FAILED);
    }
  }
}

/** Adds bits to those in force. A call that would change nothing is not made: without privilege it would fail. */
function addSecurebits(securebits: number): string | undefined {
  const before = linuxKernel.getSecurebits();
  const after = before | securebits;
  if (after === before) return undefined;
  try {
    linuxKernel.setSecurebits(after);
    return undefined;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    // Each lock bit stands right above the bit it locks.
    const locked = securebitNames(((after ^ before) << 1) & before);
    return messages.cannotSet(error, locked);
  }
}

function say(fd: 1 | 2, text: string, status: number): number {
  try {
    writeSync(fd, text);
    return status;
  } catch {
    return FAILED;
  }
}
