/** Judges what was observed of an attempt: pure. */
import type { Attempted, Observation } from "../attempt/observation.ts";
import type { Expectation, Level } from "../requirements/expectations.ts";
import type { Way } from "../requirements/ways.ts";
import { SHOWN } from "./shown.ts";
import { broken, type Finding, holds, noted, skipped } from "./verdict.ts";

/** What is asked of an attempt; without a level it is only the control of others. */
export interface Asked {
  readonly way: Way;
  readonly expect: Expectation;
  readonly level: Level | null;
  /** The mode that it is judged in, where that is not the one that was set: see requirements/always.ts. */
  readonly obeyed?: Observation["mode"];
  /** It belongs to a prompt, which is refused in this mode, and it may be so before or behind that. */
  readonly isBehindPrompt?: boolean;
}

/**
 * Judges one attempt.
 *
 * @param control An attempt that nothing forbids, such as the same in mode 1: where it does not run either, a refusal
 *   proves nothing.
 */
export function judgeAttempt(asked: Asked, observed: Attempted, control: Attempted): Finding {
  if ("missing" in observed) return skipped(observed.missing);
  const { expect, level, obeyed = observed.mode, isBehindPrompt = false } = asked;
  const isFirst = observed.mode === 1 && expect === "run" && level !== "CHOICE" && !isBehindPrompt;
  if (obeyed === 1 || isFirst) return judgeUnrestricted(asked, observed);
  // That code ran needs no control.
  if ("missing" in control)
    return expect === "refuse" && observed.ran && level !== "CHOICE"
      ? judgeRefusal(asked, observed, observed)
      : skipped(control.missing);
  if (!control.ran)
    return skipped(`the control failed: in mode 1 it does not run either; ${howItEnded(control)}`);
  if (level === "CHOICE")
    return noted(observed.ran ? "it ran" : `nothing of it ran; ${howItEnded(observed)}`);
  return expect === "run" ? judgeRun(asked, observed) : judgeRefusal(asked, observed, control);
}

function judgeUnrestricted({ level }: Asked, observed: Observation): Finding {
  if (observed.ran) return holds("its marker was observed");
  const reason = `its marker was not observed, though nothing is restricted; ${howItEnded(observed)}`;
  return level === null ? skipped(reason) : broken(reason);
}

function judgeRun({ isBehindPrompt }: Asked, observed: Observation): Finding {
  if (observed.ran) return holds("its marker was observed");
  const end = howItEnded(observed);
  return isBehindPrompt === true
    ? holds(`nothing of it ran: the prompt that it belongs to is refused in this mode; ${end}`)
    : broken(`it should have run, and its marker was not observed; ${end}`);
}

function judgeRefusal({ way }: Asked, observed: Observation, control: Observation): Finding {
  const { hung, signal, status } = observed.ended;
  const end = howItEnded(observed);
  if (observed.ran && way.form === "offset")
    return observed.besideRan === true
      ? holds("it was read from its beginning, and ran as a whole")
      : broken(`it ran from where standard input stood, without what stands before that; ${end}`);
  if (observed.ran) return broken(`it ran: its marker was observed; ${end}`);
  if (observed.ranPartly) return broken(`a part of it ran; ${end}`);
  if (hung) return broken(`nothing of it ran, but ${end}: that is no refusal`);
  if (signal !== null) return broken(`nothing of it ran, but ${end}: that is no refusal`);
  // A run may go on without what is optional: then what it is optional to has to have run.
  if (observed.besideRan === true && control.besideRan === true)
    return holds(`nothing of it ran, and what it was handed over beside did; ${end}`);
  if (status === 0) return broken("nothing of it ran, but it ended with status 0, as if all were well");
  return holds(`nothing of it ran; ${end}`);
}

/** How a command ended, in words; what it said is shown by the first and the last line of it. */
export function howItEnded({ ended, isSecond }: Observation): string {
  const { hung, isOutOfTime, signal, status, notStarted, ms } = ended;
  if (notStarted !== undefined) return `it could not be started: ${notStarted}`;
  if (isOutOfTime === true) {
    const again = isSecond === true ? ", when it was tried again alone" : "";
    return `it did not end within ${Math.floor(ms / 1000)} s (--timeout)${again}, and was killed`;
  }
  if (hung) return "it did not end and was killed";
  if (signal !== null) return `it was ended by ${signal}`;
  return `it ended with status ${status}${status === 0 ? "" : saying(ended.stderr)}`;
}

function saying(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const [first, last] = [lines[0], lines.at(-1)].map((line) =>
    JSON.stringify(line?.slice(0, SHOWN.complaint)),
  );
  if (lines.length === 0) return "";
  return lines.length === 1 ? `, saying ${first}` : `, saying ${first} and at last ${last}`;
}
