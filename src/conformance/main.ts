/** exec-conformance: judges interpreters. */

import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { availableParallelism, constants as os } from "node:os";
import { KernelError, kernelErrorText, linuxKernel, modeOf, probeSupport } from "../exec-check/exec-check.ts";
import { programArguments } from "../process/arguments.ts";
import type { Ending } from "../process/leave.ts";
import { VERSION } from "../process/version.ts";
import { type Adapter, readAdapter } from "./adapter.ts";
import { ADAPTERS } from "./adapters.ts";
import type { Setting } from "./attempt.ts";
import { channelJobs } from "./channel-cases.ts";
import { parseCommandLine, type RunCommand } from "./command-line.ts";
import { compare, type KnownFailure, readKnownFailures } from "./expect.ts";
import { faultJobs } from "./fault-cases.ts";
import type { Findings } from "./findings.ts";
import { forbidExecutionBeneath } from "./landlock.ts";
import { killAll, type User } from "./launch.ts";
import { matrix } from "./matrix.ts";
import * as messages from "./messages.ts";
import { showProgress } from "./progress.ts";
import { raceJobs } from "./race-cases.ts";
import { jsonReport } from "./report-json.ts";
import { WRITERS } from "./reports.ts";
import { REQUIREMENTS, type Requirement } from "./requirements.ts";
import { findInterpreter, runJobs } from "./run.ts";
import { whyNoTracing } from "./strace.ts";
import { traceJobs } from "./trace-cases.ts";
import { openWorkplace, type Workplace } from "./workplace.ts";

const CONFORMS = 0;
const DOES_NOT = 1;
const WRONG_USAGE = 2;
const CANNOT_RUN_HERE = 4;

/** Runs exec-conformance; gives its exit status. */
export async function main(): Promise<Ending> {
  const command = parseCommandLine(programArguments().map(String));
  switch (command.do) {
    case "help":
      return say(1, messages.help(), 0);
    case "version":
      return say(1, `exec-conformance ${VERSION}\n`, 0);
    case "list":
      return say(1, messages.list(), 0);
    case "complain":
      return say(2, messages.complaint(command.about), WRONG_USAGE);
    case "confine":
      return confine(command.folder, command.argv);
    case "run":
      return run(command);
  }
}

interface Plan {
  readonly subjects: readonly { adapter: Adapter; interpreter: string }[];
  readonly wanted: readonly Requirement[];
  readonly known: readonly KnownFailure[];
  readonly user: User | undefined;
}

async function run(command: RunCommand): Promise<Ending> {
  const plan = makePlan(command);
  if ("complaint" in plan) return say(2, messages.failed(plan.complaint), plan.status);
  const impossible = whyNotHere();
  if (impossible !== undefined) return say(2, messages.failed(impossible), CANNOT_RUN_HERE);

  const noTracing = command.trace ? whyNoTracing(plan.user) : messages.TRACING_OFF;
  let place: Workplace;
  try {
    place = await openWorkplace(plan.user);
  } catch (error) {
    return say(2, messages.failed(messages.nowhereToWork(error as Error)), CANNOT_RUN_HERE);
  }
  let stopped: "SIGINT" | 143 | undefined;
  const stop = (ending: "SIGINT" | 143) => () => {
    stopped = ending;
    killAll();
  };
  const [onInterrupt, onTerminate] = [stop("SIGINT"), stop(143)];
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  const all: Findings[] = [];
  try {
    for (const { adapter, interpreter } of plan.subjects) {
      const setting: Setting = {
        kernel: linuxKernel,
        place,
        adapter,
        interpreter,
        timeoutMs: command.timeoutMs,
      };
      const show = showProgress(adapter.name);
      const jobs = [
        ...raceJobs(setting, plan.wanted, noTracing),
        ...channelJobs(setting, plan.wanted),
        ...traceJobs(setting, plan.wanted, noTracing),
        ...faultJobs(setting, plan.wanted, noTracing),
      ];
      const findings = await runJobs(setting, jobs, {
        jobs: command.jobs ?? Math.min(4, availableParallelism()),
        progress: show.progress,
        isStopped: () => stopped !== undefined,
      });
      show.end();
      if (stopped !== undefined) return stopped;
      all.push(findings);
    }
  } finally {
    place.close();
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
  return report(command, plan, all);
}

function report(command: RunCommand, plan: Plan, all: readonly Findings[]): number {
  const json = jsonReport(all, plan.user?.uid ?? process.getuid?.() ?? 0, new Date());
  for (const { kind, file } of command.reports) {
    const text = WRITERS[kind](json);
    try {
      if (file === undefined) print(1, text);
      else writeFileSync(file, text);
    } catch (error) {
      return say(
        2,
        messages.failed(`${file ?? "standard output"}: ${(error as Error).message}`),
        WRONG_USAGE,
      );
    }
  }
  const toStdout = command.reports.some(({ file }) => file === undefined);
  const { NO_COLOR } = process.env;
  const colour = process.stdout.isTTY === true && NO_COLOR === undefined;
  let status = CONFORMS;
  for (const findings of all) {
    if (!toStdout) print(1, `${matrix(findings, { colour, details: command.details })}\n`);
    const { worse, better } = compare(findings, plan.known, command.strict);
    const { name } = findings.subject;
    if (command.expect !== undefined) {
      for (const id of worse) print(2, `${name}: ${id} is broken, and that was not expected\n`);
      for (const id of better) print(2, `${name}: ${id} holds now: take it out of ${command.expect}\n`);
    }
    if (worse.length + better.length > 0) status = DOES_NOT;
  }
  return status;
}

/** What is to be done; or what is wrong with it, before anything is begun. */
function makePlan(command: RunCommand): Plan | { complaint: string; status: number } {
  const wrong = (complaint: string, status = WRONG_USAGE) => ({ complaint, status });
  const subjects: { adapter: Adapter; interpreter: string }[] = [];
  const add = (adapter: Adapter, program: string | undefined) => {
    const interpreter = findInterpreter(program ?? adapter.interpreter);
    if (interpreter !== undefined) subjects.push({ adapter, interpreter });
    return interpreter === undefined
      ? wrong(messages.notInstalled(program ?? adapter.interpreter, adapter.package), CANNOT_RUN_HERE)
      : undefined;
  };
  for (const { name, program } of command.names) {
    const adapter = ADAPTERS.find((each) => each.name === name);
    if (adapter === undefined) return wrong(messages.noAdapter(name));
    const missing = add(adapter, program);
    if (missing !== undefined) return missing;
  }
  for (const { file, program } of command.adapters) {
    const read = readJson(file);
    if ("wrong" in read) return wrong(messages.wrongAdapter(file, read.wrong));
    const missing = add(read.adapter, program);
    if (missing !== undefined) return missing;
  }
  for (const id of command.only) {
    if (!REQUIREMENTS.some((each) => isChosen(each, id))) return wrong(messages.noSuchRequirement(id));
  }
  const wanted = REQUIREMENTS.filter(
    (each) => command.only.length === 0 || command.only.some((id) => isChosen(each, id)),
  );
  let known: readonly KnownFailure[] = [];
  if (command.expect !== undefined) {
    const text = readText(command.expect);
    if (text === undefined) return wrong(`${command.expect} cannot be read`);
    const read = readKnownFailures(text);
    if ("wrong" in read) return wrong(`${command.expect}: ${read.wrong.join("; ")}`);
    known = read.known;
  }
  const user = command.asUser === undefined ? undefined : readUser(command.asUser);
  if (user === null) return wrong("--as-user takes a number, or two with a colon between");
  if (user !== undefined && process.getuid?.() !== 0) return wrong(messages.NEEDS_ROOT, CANNOT_RUN_HERE);
  return { subjects, wanted, known, user };
}

function isChosen({ id }: Requirement, chosen: string): boolean {
  return id === chosen || id.startsWith(`${chosen}.`);
}

function readJson(file: string): ReturnType<typeof readAdapter> {
  const text = readText(file);
  if (text === undefined) return { wrong: ["it cannot be read"] };
  try {
    return readAdapter(JSON.parse(text));
  } catch (error) {
    return { wrong: [`it is no JSON: ${(error as Error).message}`] };
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readUser(text: string): User | null {
  const match = /^(\d+)(?::(\d+))?$/.exec(text);
  if (match === null) return null;
  return { uid: Number(match[1]), gid: Number(match[2] ?? match[1]) };
}

/** Why nothing can be found out on this kernel, in this process. */
function whyNotHere(): string | undefined {
  try {
    const { supported } = probeSupport();
    if (supported === false) return messages.UNSUPPORTED;
    if (supported === "unknown") return messages.FILTERED;
    if (modeOf(linuxKernel.getSecurebits()) !== 1) return messages.ALREADY_RESTRICTED;
    return undefined;
  } catch (error) {
    if (error instanceof KernelError) return kernelErrorText(error);
    throw error;
  }
}

/** The hidden errand: see landlock.ts. */
function confine(folder: string, argv: readonly string[]): number {
  try {
    forbidExecutionBeneath(linuxKernel, folder);
    for (const fd of [0, 1, 2]) linuxKernel.clearCloseOnExec(fd);
    // Node ignores these two, and what is ignored stays so through an execve.
    linuxKernel.setDefaultDisposition(os.signals.SIGPIPE);
    linuxKernel.setDefaultDisposition(os.signals.SIGXFSZ);
    linuxKernel.unblockSignals();
    const errno = linuxKernel.execvp(argv.map((text) => Buffer.from(text)));
    return say(2, messages.failed(`cannot become ${argv[0]}: errno ${errno}`), CANNOT_RUN_HERE);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return say(2, messages.failed(kernelErrorText(error)), CANNOT_RUN_HERE);
  }
}

function say(fd: 1 | 2, text: string, status: number): number {
  print(fd, text);
  return status;
}

function print(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeWaiting(fd, bytes.subarray(at));
}

/** A pipe that somebody made non-blocking may be full, which is no end. */
function writeWaiting(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    return 0;
  }
}
