/** exec-conformance: judges interpreters. */
import { constants as os } from "node:os";
import { KernelError, linuxKernel, modeOf, probeSupport } from "../exec-check/exec-check.ts";
import {
  clearCloseOnExec,
  execvpe,
  restoreName,
  setDefaultDisposition,
  unblockSignals,
} from "../linux/process-calls.ts";
import { programArguments } from "../program/arguments.ts";
import type { Ending } from "../program/leave.ts";
import type { Message } from "../program/message.ts";
import { endWithoutOutput, OutputFailed, say } from "../program/output.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { parseCommandLine, type RunCommand } from "./command-line.ts";
import * as messages from "./messages.ts";
import { makePlan } from "./plan.ts";
import { openReports, publish } from "./publish.ts";
import { reproduce } from "./reproduce.ts";
import { searchPath } from "./sandbox/find-interpreter.ts";
import { kernelAnswer, STANDARD_INPUT } from "./sandbox/wraps/kernel-answer.ts";
import { forbidExecutionBeneath } from "./sandbox/wraps/landlock.ts";
import { judgeAll } from "./session.ts";
import { CANNOT_RUN_HERE, WRONG_USAGE } from "./status.ts";

/** Runs exec-conformance; gives how it ends. */
export async function main(): Promise<Ending> {
  try {
    return await obey();
  } catch (error) {
    if (error instanceof OutputFailed) return endWithoutOutput(error, "exec-conformance", CANNOT_RUN_HERE);
    if (error instanceof BytesUnknown) return say(2, messages.bytesUnknown(error.message), CANNOT_RUN_HERE);
    throw error;
  }
}

async function obey(): Promise<Ending> {
  const command = parseCommandLine(programArguments().map(String));
  switch (command.do) {
    case "help":
      return say(1, messages.help());
    case "version":
      return say(1, messages.KIT_VERSION);
    case "list":
      return say(1, messages.list());
    case "complain":
      return say(2, command.complaint, WRONG_USAGE);
    case "confine":
      return confine(command.folder, command.argv);
    case "check":
      return say(1, messages.answered(kernelAnswer(command.path === STANDARD_INPUT ? 0 : command.path)));
    case "run":
      return run(command);
  }
}

async function run(command: RunCommand): Promise<Ending> {
  process.env.PATH = searchPath();
  const plan = makePlan(command);
  if ("complaint" in plan) return say(2, plan.complaint, plan.status);
  const unfit = whyUnfit();
  if (unfit !== undefined) return say(2, unfit, CANNOT_RUN_HERE);
  restoreName();
  for (const remark of plan.remarks) say(2, remark);
  if (command.reproduce !== undefined) return reproduce(command, plan, command.reproduce);
  const reports = openReports(command, plan);
  if ("complaint" in reports) return say(2, reports.complaint, WRONG_USAGE);
  try {
    const judged = await judgeAll(command, plan);
    if ("stopped" in judged) return judged.stopped;
    if ("complaint" in judged) return say(2, judged.complaint, CANNOT_RUN_HERE);
    return publish(command, plan, reports, judged.findings);
  } finally {
    for (const report of reports) report.close();
  }
}

/** Why nothing can be found out on this kernel, in this process. */
function whyUnfit(): Message | undefined {
  try {
    const { supported } = probeSupport();
    if (supported === false) return messages.UNSUPPORTED;
    if (supported === "unknown") return messages.FILTERED;
    if (modeOf(linuxKernel.getSecurebits()) !== 1) return messages.ALREADY_RESTRICTED;
    return undefined;
  } catch (error) {
    if (error instanceof KernelError) return messages.kernelFailed(error);
    throw error;
  }
}

/** Does what --in-landlock-domain asks: an option that only the judge gives itself. See landlock.ts. */
function confine(folder: string, argv: readonly string[]): number {
  try {
    forbidExecutionBeneath(folder);
    for (const fd of [0, 1, 2]) clearCloseOnExec(fd);
    // Node ignores these two signals, and an execve keeps what is ignored.
    setDefaultDisposition(os.signals.SIGPIPE);
    setDefaultDisposition(os.signals.SIGXFSZ);
    unblockSignals();
    const errno = execvpe(argv.map((text) => Buffer.from(text)));
    return say(2, messages.cannotBecome(argv[0] as string, errno), CANNOT_RUN_HERE);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return say(2, messages.kernelFailed(error), CANNOT_RUN_HERE);
  }
}
