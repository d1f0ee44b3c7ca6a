/** Hands over code under a tracer, and asks the trace. */
import { readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Entry } from "../adapter/adapter.ts";
import { attempt, type Setting } from "../attempt/attempt.ts";
import type { Stage } from "../attempt/stage.ts";
import { type Case, evidenceOf } from "../findings/findings.ts";
import type { Form, Kind, Question, Requirement } from "../requirements/requirements.ts";
import { quietly } from "../sandbox/processes.ts";
import { tracing } from "../trace/strace.ts";
import { readStraceLog } from "../trace/strace-log.ts";
import { type TraceEvents, traceEvents } from "../trace/trace-events.ts";
import type { Job } from "./by-channel.ts";
import { answer } from "./trace-questions.ts";

/** What is traced: every kind of source with a descriptor, passing and failing, restricted and not. */
const TRACED: readonly (readonly [Kind, Form, readonly Mode[]])[] = [
  ["script", "executable", [1, 2, 3, 4]],
  ["script", "not-executable", [1, 2, 3]],
  ["script", "fifo", [1, 3]],
  ["stdin", "executable", [1, 2, 3]],
  ["stdin", "pipe", [1, 2, 3]],
  ["startup", "executable", [1, 2]],
  ["startup", "not-executable", [1, 2]],
  ["module", "executable", [1, 2]],
  ["module", "not-executable", [1, 2]],
  ["option", "executable", [1, 2]],
  ["compiled", "executable", [1, 2]],
  ["shebang", "executable", [1]],
  // No descriptor, no check: the securebits alone decide.
  ["snippet", "text", [1, 2]],
  ["environment", "text", [1, 2]],
];

/** The jobs for the requirements that a trace answers. */
export function traceJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  missing: string | undefined,
): Job[] {
  const questions = wanted.flatMap(({ id, proof }) =>
    proof.by === "trace" ? [{ id, question: proof.question }] : [],
  );
  if (questions.length === 0) return [];
  if (missing !== undefined) return [skippedJob(questions, missing)];
  return TRACED.flatMap(([kind, form, modes]) =>
    (setting.adapter.channels[kind] ?? [])
      .filter((entry) => entry.prompt === undefined)
      .flatMap((entry) => {
        const fitting =
          form === "text" ? questions.filter(({ question }) => question === "securebits") : questions;
        return modes.map((mode) => ({
          size: fitting.length,
          run: () => trace(setting, { kind, form, mode, entry }, fitting),
        }));
      }),
  );
}

/** A job that says of all these requirements why nothing was found out. */
export function skippedJob(of: readonly { id: string }[], reason: string): Job {
  return {
    size: of.length,
    run: async () => of.map(({ id }) => ({ id, entry: "tracing", verdict: "skipped", reason, evidence: [] })),
  };
}

async function trace(
  setting: Setting,
  way: { kind: Kind; form: Form; mode: Mode; entry: Entry },
  questions: readonly { id: string; question: Question }[],
): Promise<Case[]> {
  const log = join(setting.place.folder(setting.place.user).path, "trace");
  let target = "";
  let size: number | undefined;
  const names: string[] = [];
  const seen = await attempt(setting, {
    ...way,
    before: tracing(log),
    log,
    meanwhile(stage) {
      target = targetOf(stage);
      size = sizeOf(target);
      names.push(stage.file, target, "/proc/self/fd/0", "/dev/stdin", "/dev/fd/0");
      return () => {};
    },
  });
  const entry = `${way.kind}/${way.entry.name}, ${way.form}, mode ${way.mode}`;
  const unanswered = async (reason: string) =>
    (await skippedJob(questions, reason).run()).map((each) => ({ ...each, entry }));
  if ("missing" in seen) return unanswered(seen.missing);
  if (seen.outcome.isLogFull) return unanswered("its trace grew too large to be read as a whole");
  if (seen.outcome.hung) return unanswered("it did not end, so that its trace is not whole");
  const traced = readStraceLog(quietly(() => readFileSync(log, "latin1")) ?? "");
  const events = traceEvents(traced, target, names, seen.program.seenIn, size);
  const evidence = [evidenceOf(`traced: ${summaryOf(events)}`, seen)];
  // In a mode that refuses, or where the code does not run at all, no look at it means no check is owed.
  const wasOpened = seen.ran || events.reads.length > 0 || events.checks.length > 0;
  return questions.map(({ id, question }) => ({
    id,
    entry,
    ...(wasOpened || question === "securebits"
      ? answer(question, events)
      : { verdict: "skipped", reason: "the interpreter never came to this code" }),
    evidence,
  }));
}

/** How many bytes a regular file has; undefined for all else. */
function sizeOf(target: string): number | undefined {
  const stat = quietly(() => statSync(target));
  return stat?.isFile() ? stat.size : undefined;
}

/** What strace shows for a descriptor of the code. */
function targetOf(stage: Stage): string {
  if (typeof stage.stdin === "number") return readlinkSync(`/proc/self/fd/${stage.stdin}`);
  return quietly(() => realpathSync(stage.file)) ?? stage.file;
}

function summaryOf({ checks, reads, marker, securebits }: TraceEvents): string {
  const steps = [
    ...(securebits === undefined ? [] : [{ at: securebits.began, what: "securebits asked" }]),
    ...checks.map(({ call, file, argv }) => ({
      at: call.began,
      what: `check ${file === undefined ? "by path" : "of a descriptor"}, argv ${JSON.stringify(argv ?? null)}: ${call.result}`,
    })),
    ...reads
      .slice(0, 3)
      .map(({ call, bytes }) => ({ at: call.began, what: `${call.name} of ${bytes} bytes` })),
    ...(marker === undefined ? [] : [{ at: marker.began, what: "marker written" }]),
  ];
  const inOrder = steps.sort((a, b) => a.at - b.at).map(({ what }) => what);
  return inOrder.length === 0 ? "nothing of interest" : inOrder.join("; ");
}
