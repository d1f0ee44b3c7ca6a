import type { Ending } from "../program/leave.ts";
import { say } from "../program/output.ts";
import type { RunResult } from "../runtime/run-result.ts";
import * as messages from "./messages.ts";
import { FAILED } from "./status.ts";

/** Says what there is to say of a run's outcome. Gives the ending that it means for inc, if it means one. */
export function conclude(outcome: RunResult): Ending | undefined {
  switch (outcome.kind) {
    case "done":
      return undefined;
    case "failed":
      for (const problem of outcome.problems) say(2, messages.scriptError(problem));
      if (outcome.more) say(2, messages.moreErrors(outcome.more));
      return FAILED;
    case "exit":
      return outcome.status;
    case "interrupted":
      return "SIGINT";
    case "output closed":
      return "SIGPIPE";
    case "output failed":
      return say(2, messages.outputFailed(outcome.error), FAILED);
  }
}

/** Concludes a statement of the prompt, where an error ends no more than that statement. */
export function concludeStatement(outcome: RunResult): Ending | undefined {
  const ending = conclude(outcome);
  return outcome.kind === "failed" ? undefined : ending;
}
