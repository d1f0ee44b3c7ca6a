import type { Ending } from "../program/leave.ts";
import { cannotWrite } from "../program/messages.ts";
import { say } from "../program/output.ts";
import type { RunResult } from "../runtime/run-result.ts";
import * as messages from "./messages.ts";
import { FAILED } from "./status.ts";

/** Says what there is to say of a run. Gives how inc ends by that, or undefined where the next thing is to run. */
export function conclude(result: RunResult): Ending | undefined {
  switch (result.kind) {
    case "done":
      return undefined;
    case "failed":
      for (const problem of result.problems) say(2, messages.scriptError(problem));
      if (result.more) say(2, messages.moreErrors(result.more));
      return FAILED;
    case "exit":
      return result.status;
    case "interrupted":
      return "SIGINT";
    case "output closed":
      return "SIGPIPE";
    case "output failed":
      return say(2, cannotWrite("inc", result.error), FAILED);
  }
}

/** Does the same for a statement of the prompt, where an error ends the statement alone. */
export function concludeStatement(result: RunResult): Ending | undefined {
  const ending = conclude(result);
  return result.kind === "failed" ? undefined : ending;
}
