/** Hands over code under a tracer, and asks the trace. */
import { readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Entry } from "../adapter/adapter.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Stage } from "../attempt/stage.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { blind, skipped } from "../findings/verdict.ts";
import type { Question } from "../requirements/questions.ts";
import { type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import type { Way } from "../requirements/ways.ts";
import { quietly } from "../sandbox/quietly.ts";
import { tracing } from "../trace/strace.ts";
import { type Call, descriptorIn, readStraceLog } from "../trace/strace-log.ts";
import { type TraceEvents, traceEvents } from "../trace/trace-events.ts";
import { allAlike, foundAlready, type Job } from "./job.ts";
import { answer } from "./trace-questions.ts";

/** What is traced: code that comes with a descriptor, whose check passes or fails, and code that comes without one. */
const TRACED: readonly (readonly [Way, readonly Mode[]])[] = [
  [{ kind: "script", form: "executable" }, [1, 2, 3, 4]],
  [{ kind: "script", form: "not-executable" }, [1, 2, 3]],
  [{ kind: "script", form: "fifo" }, [1, 3]],
  [{ kind: "stdin", form: "executable" }, [1, 2, 3]],
  [{ kind: "stdin", form: "pipe" }, [1, 2, 3]],
  [{ kind: "stdin", form: "socket" }, [1, 3]],
  [{ kind: "terminal", form: "terminal" }, [1, 3]],
  [{ kind: "startup", form: "executable" }, [1, 2]],
  [{ kind: "startup", form: "not-executable" }, [1, 2]],
  [{ kind: "module", form: "executable" }, [1, 2]],
  [{ kind: "module", form: "not-executable" }, [1, 2]],
  [{ kind: "option", form: "executable" }, [1, 2]],
  [{ kind: "option", form: "not-executable" }, [1, 2]],
  [{ kind: "by-name", form: "executable" }, [1, 2]],
  [{ kind: "by-name", form: "not-executable" }, [1, 2]],
  [{ kind: "compiled", form: "executable" }, [1, 2]],
  [{ kind: "compiled", form: "not-executable" }, [1, 2]],
  [{ kind: "shebang", form: "executable" }, [1]],
  [{ kind: "snippet", form: "text" }, [1, 2]],
  [{ kind: "environment", form: "text" }, [1, 2]],
];

const STREAMS: readonly Way["form"][] = ["fifo", "pipe", "socket", "terminal"];

/** Whether this is asked of code that comes in this way. */
function isFitting(question: Question, { form }: Way): boolean {
  // Without a descriptor there is no check: only the securebits are asked.
  if (form === "text") return question === "securebits";
  if (question === "streams") return STREAMS.includes(form);
  if (question === "always") return !STREAMS.includes(form);
  // A terminal is read through whatever leads to it, /dev/tty among others: nothing that passed is exchanged there.
  return question !== "descriptor" || form !== "terminal";
}

/**
 * The jobs for the requirements that a trace answers.
 *
 * @param noTracing Why there is no tracing here; undefined where there is.
 */
export function traceJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
): Job[] {
  const questions = provedBy("trace", wanted);
  if (questions.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(questions, "tracing", skipped(noTracing))];
  return TRACED.flatMap(([way, modes]) => {
    const fitting = questions.filter(({ proof }) => isFitting(proof.question, way));
    if (fitting.length === 0) return [];
    return (setting.adapter.channels[way.kind] ?? []).flatMap((entry) =>
      modes.map((mode) => ({
        size: fitting.length,
        run: () => trace(setting, way, entry, mode, fitting),
      })),
    );
  });
}

async function trace(
  setting: Setting,
  way: Way,
  entry: Entry,
  mode: Mode,
  questions: readonly ProvedBy<"trace">[],
  isSecond = false,
): Promise<Case[]> {
  const { workplace } = setting;
  const log = join(workplace.folder(workplace.user).path, "trace");
  let staged: string | undefined;
  let file = "";
  let length = 0;
  const seen = await makeAttempt(setting, {
    way,
    entry,
    mode,
    before: () => tracing(log),
    log,
    arrange(stage, { text }) {
      staged = targetOf(stage);
      file = stage.file;
      length = Buffer.byteLength(text);
    },
  });
  const what = `${way.kind}/${entry.name}, ${way.form}, mode ${mode}`;
  const unanswered = (reason: string) => allAlike(questions, what, blind(reason));
  if ("missing" in seen) return allAlike(questions, what, skipped(seen.missing));
  if (seen.ended.isLogFull) return unanswered("its trace grew too large to be read as a whole");
  if (seen.ended.hung) return unanswered("it did not end, so that its trace is not whole");
  const traced = readStraceLog(quietly(() => readFileSync(log, "latin1")) ?? "");
  // On a busy machine a tracer may leave a process in the middle of a line. What it could not show may show now.
  if (traced.strange.length > 0 && !isSecond) return trace(setting, way, entry, mode, questions, true);
  const target = staged ?? standardInputIn(traced.calls) ?? "";
  const isStdin = way.kind === "stdin" || way.kind === "terminal";
  const names = isStdin ? [target, ...STDIN] : [file, target];
  const size = sizeOf(target) ?? length;
  const events = traceEvents(traced, target, names, seen.program.seenIn, size);
  const evidence = [evidenceOf(`traced: ${summaryOf(events)}`, seen)];
  // Code that neither ran nor was read or checked was never opened: then no check is owed.
  const wasOpened = seen.ran || events.reads.length > 0 || events.checks.length > 0;
  return questions.map(({ id, proof: { question } }) => {
    const isOwed = wasOpened || question === "securebits";
    const found = isOwed ? answer(question, events) : skipped("the interpreter never came to this code");
    return { id, entry: what, ...found, evidence };
  });
}

/** How many bytes a regular file has; undefined for all else. */
function sizeOf(target: string): number | undefined {
  const stat = quietly(() => statSync(target));
  return stat?.isFile() ? stat.size : undefined;
}

/** The names of standard input, whatever it is. */
const STDIN = ["/proc/self/fd/0", "/dev/stdin", "/dev/fd/0"];

/** What strace shows for a descriptor of the code; undefined of a terminal and a socket, which are made for the run. */
function targetOf(stage: Stage): string | undefined {
  if (typeof stage.stdin === "number") return readlinkSync(`/proc/self/fd/${stage.stdin}`);
  if (stage.terminal || stage.stdin === "socket") return undefined;
  return quietly(() => realpathSync(stage.file)) ?? stage.file;
}

/** What strace shows for standard input where it is first used; undefined where it never is. */
function standardInputIn(calls: readonly Call[]): string | undefined {
  const used = calls.map(({ args }) => descriptorIn(args[0])).find((shown) => shown?.fd === 0);
  return used?.target;
}

/** How many of the files that were asked for are named. */
const SHOWN_FILES = 10;

function summaryOf({ checks, reads, marker, securebits, asked }: TraceEvents): string {
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
  const shown = asked.slice(0, SHOWN_FILES).map((path) => JSON.stringify(path));
  const more = asked.length > shown.length ? [`${asked.length - shown.length} more`] : [];
  const files =
    asked.length === 0 ? "" : `; files asked for before any check: ${[...shown, ...more].join(", ")}`;
  return `${inOrder.length === 0 ? "nothing of interest" : inOrder.join("; ")}${files}`;
}
