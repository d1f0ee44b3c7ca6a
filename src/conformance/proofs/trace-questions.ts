/** What a trace is asked, and what is found by it: pure. Each question is a requirement. */
import { basename, parse } from "node:path";
import { SHOWN } from "../findings/shown.ts";
import { blind, broken, type Finding, holds, skipped } from "../findings/verdict.ts";
import type { Question } from "../requirements/questions.ts";
import { descendsFrom } from "../trace/open-files.ts";
import { descriptorIn } from "../trace/strace-log.ts";
import type { Read, TraceEvents } from "../trace/trace-events.ts";

const unseenIn = ({ name }: { name: string }) =>
  blind(`it may have been read by ${name}, which a trace does not show`);

const bytesOf = (reads: readonly Read[]) => reads.reduce((sum, { bytes }) => sum + bytes, 0);

/** All of it was seen to be read, so that there is nothing left that was read unseen. */
const isWhole = (bytes: number, size: number | undefined) => size !== undefined && bytes >= size;

const NO_CHECK = skipped("there was no check to look at: see check.always and check.streams");

const isChecked = ({ checks }: TraceEvents) =>
  checks.length > 0
    ? holds("the check was called")
    : broken("execveat with AT_EXECVE_CHECK was never called for it");

/** Answers one question about one traced attempt. A trace that is not understood as a whole answers none. */
export function answer(question: Question, events: TraceEvents): Finding {
  if (events.isHidden) return blind("its memory cannot be read: run as root");
  if (events.strange === undefined) return ANSWERS[question](events);
  return blind(`the trace is not understood: ${events.strange.slice(0, SHOWN.line)}`);
}

const ANSWERS: Readonly<Record<Question, (events: TraceEvents) => Finding>> = {
  always: isChecked,
  streams: isChecked,

  "empty-path"({ checks }) {
    if (checks.length === 0) return NO_CHECK;
    return checks.every(({ file }) => file !== undefined)
      ? holds("on a descriptor, with AT_EMPTY_PATH and an empty path")
      : broken("it was checked by name, which may have changed its meaning by the time it is read");
  },

  descriptor({ checks, reads, marker, unseen, size }) {
    const [first] = checks;
    if (first === undefined) return NO_CHECK;
    const used = reads.filter(({ bytes }) => bytes > 0);
    const isChecked = (read: Read) =>
      checks.some(({ file }) => file !== undefined && descendsFrom(read.file, file));
    const others = used.filter((read) => !isChecked(read));
    if (others.some(({ call }) => call.began > first.call.ended))
      return used.length > others.length
        ? broken("after the check, bytes were read from another open file of the same name")
        : broken("no byte was read from the open file that was checked");
    const bytes = bytesOf(used.filter(isChecked));
    if (unseen !== undefined && marker !== undefined && !isWhole(bytes, size)) return unseenIn(unseen);
    if (used.length === 0) return skipped("nothing of it was read");
    if (used.length === others.length)
      return marker === undefined
        ? skipped(
            "it was looked at before the check, and nothing of it was read after it: see check.before-read",
          )
        : broken("no byte was read from the open file that was checked");
    // A look at its beginning through another open file is a matter of check.before-read, as long as the code itself is
    // read from the one that was checked.
    return others.length > 0 && marker !== undefined && size !== undefined && bytes < size
      ? broken(`of its ${size} bytes only ${bytes} were read from the open file that was checked`)
      : holds("it was read from the open file that was checked");
  },

  "before-interpretation"({ checks, marker }) {
    if (checks.length === 0) return NO_CHECK;
    if (marker === undefined) return skipped("the trace does not show its marker");
    return checks.some(({ call }) => call.ended < marker.began)
      ? holds("the check had ended before the marker appeared")
      : broken("the marker had appeared before the check was made");
  },

  "before-read"({ checks, reads, unseen, marker, size }) {
    const [first] = checks;
    if (first === undefined) return NO_CHECK;
    const early = reads.find(({ call }) => call.began < first.call.ended);
    if (early !== undefined)
      return broken(`it was read (${early.call.name}, ${early.bytes} bytes) before the check was made`);
    if (unseen !== undefined && unseen.began < first.call.ended && !isWhole(bytesOf(reads), size))
      return marker === undefined ? skipped(unseenIn(unseen).reason) : unseenIn(unseen);
    return holds("no byte had been read when the check was made");
  },

  argv({ checks, names }) {
    if (checks.length === 0) return NO_CHECK;
    const firsts = checks.map((check) => ({ check, word: check.argv?.[0] ?? "" }));
    if (firsts.some(({ word }) => word === "")) return broken("the check was given no argv, or an empty one");
    const foreign = firsts.find(
      ({ check, word }) => !isNamedBy(word, names, descriptorIn(check.call.args[0])?.fd),
    );
    return foreign === undefined
      ? holds(`argv[0] was ${JSON.stringify(firsts[0]?.word)}`)
      : broken(`argv[0] was ${JSON.stringify(foreign.word)}, which does not name what was checked`);
  },

  envp({ checks }) {
    if (checks.length === 0) return NO_CHECK;
    return checks.every(({ hasEnvironment }) => hasEnvironment)
      ? holds("the check was given an environment")
      : broken("the check was given NULL as its environment");
  },

  // Asking first and asking only where the answer counts are both right: after a check that passes, it does not.
  securebits({ checks, securebits, marker }) {
    if (checks.length > 0 && checks.every(({ passed }) => passed))
      return holds("its check passed, after which the securebits need not be asked");
    if (securebits !== undefined && (marker === undefined || securebits.ended <= marker.began))
      return holds("prctl(PR_GET_SECUREBITS) was called");
    if (marker === undefined)
      return skipped("nothing of it was seen to run, so that nothing had to be asked");
    return securebits === undefined
      ? broken("it ran, and prctl(PR_GET_SECUREBITS) was never called")
      : broken("prctl(PR_GET_SECUREBITS) was called after code had run");
  },
};

/** What standard input is called, a prompt on a terminal among others. */
const STDIN_WORDS = /stdin|standard input|terminal|interactive|\btty\b/i;

/** Whether this word names the code: by a path of it, a file's name with or without its extension, or the descriptor. */
function isNamedBy(word: string, names: readonly string[], fd: number | undefined): boolean {
  if (fd !== undefined && new RegExp(`^/(proc/[^/]+|dev)/fd/${fd}$`).test(word)) return true;
  if (names.includes(word)) return true;
  const files = names.filter((name) => !/\/fd\/\d+$/.test(name));
  if (files.some((name) => [basename(name), parse(name).name].includes(basename(word)))) return true;
  return names.includes("/dev/stdin") && (word === "-" || STDIN_WORDS.test(word));
}
