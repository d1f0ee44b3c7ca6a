/** What a trace is asked, and how it answers: pure. Each of these is a requirement. */
import type { Judgement } from "../findings/verdict.ts";
import type { Question } from "../requirements/requirements.ts";
import { descendsFrom } from "../trace/open-files.ts";
import type { TraceEvents } from "../trace/trace-events.ts";

const holds = (reason: string): Judgement => ({ verdict: "holds", reason });
const broken = (reason: string): Judgement => ({ verdict: "broken", reason });
const skipped = (reason: string): Judgement => ({ verdict: "skipped", reason });

const NO_CHECK = skipped("there was no check to look at: see check.always");

/** Answers one question about one traced attempt. A trace that is not understood as a whole answers none. */
export function answer(question: Question, events: TraceEvents): Judgement {
  if (events.strange === undefined) return ANSWERS[question](events);
  return skipped(`the trace is not understood: ${events.strange.slice(0, SHOWN_OF_LINE)}`);
}

const SHOWN_OF_LINE = 200;

const ANSWERS: Readonly<Record<Question, (events: TraceEvents) => Judgement>> = {
  always({ checks }) {
    return checks.length > 0
      ? holds("the check was called")
      : broken("execveat with AT_EXECVE_CHECK was never called for it");
  },

  "empty-path"({ checks }) {
    if (checks.length === 0) return NO_CHECK;
    return checks.every(({ file }) => file !== undefined)
      ? holds("on a descriptor, with AT_EMPTY_PATH and an empty path")
      : broken("it was checked by name, which may have changed its meaning by the time it is read");
  },

  descriptor({ checks, reads }) {
    const [first] = checks;
    if (first === undefined) return NO_CHECK;
    const used = reads.filter(({ bytes }) => bytes > 0);
    if (used.length === 0) return skipped("nothing of it was read");
    const isChecked = (read: (typeof used)[number]) =>
      checks.some(({ file }) => file !== undefined && descendsFrom(read.file, file));
    if (!used.some(isChecked)) return broken("no byte was read from the open file that was checked");
    const stray = used.find((read) => read.call.began > first.call.ended && !isChecked(read));
    return stray === undefined
      ? holds("it was read from the open file that was checked")
      : broken("after the check, bytes were read from another open file of the same name");
  },

  "before-interpretation"({ checks, marker }) {
    if (checks.length === 0) return NO_CHECK;
    if (marker === undefined) return skipped("the trace does not show its marker");
    return checks.some(({ call }) => call.ended < marker.began)
      ? holds("the check had ended before the marker appeared")
      : broken("the marker had appeared before the check was made");
  },

  "before-read"({ checks, reads }) {
    const [first] = checks;
    if (first === undefined) return NO_CHECK;
    const early = reads.find(({ call }) => call.began < first.call.ended);
    return early === undefined
      ? holds("no byte had been read when the check was made")
      : broken(`it was read (${early.call.name}, ${early.bytes} bytes) before the check was made`);
  },

  argv({ checks }) {
    if (checks.length === 0) return NO_CHECK;
    const poor = checks.find(({ argv }) => argv === undefined || (argv[0] ?? "") === "");
    return poor === undefined
      ? holds(`argv[0] was ${JSON.stringify(checks[0]?.argv?.[0])}`)
      : broken("the check was given no argv, or an empty one");
  },

  securebits({ securebits, marker }) {
    if (securebits === undefined) return broken("prctl(PR_GET_SECUREBITS) was never called");
    if (marker !== undefined && securebits.ended > marker.began)
      return broken("prctl(PR_GET_SECUREBITS) was called after code had run");
    return holds("prctl(PR_GET_SECUREBITS) was called");
  },
};
