import type { AdmittedCode } from "../../exec-check/exec-check.ts";
import type { Ending } from "../../program/leave.ts";
import { endWithoutOutput, OutputFailed, print, say } from "../../program/output.ts";
import type { Session } from "../../runtime/session.ts";
import { concludeStatement } from "../conclude.ts";
import * as messages from "../messages.ts";
import { sourceText } from "../source-text.ts";
import { FAILED } from "../status.ts";
import type { TypeAhead } from "./type-ahead.ts";

/** What the prompt asks of the language. */
export interface Evaluator {
  /**
   * Runs what was typed, and shows its value or its errors.
   *
   * @returns How inc ends by that; undefined where the prompt goes on; "incomplete" where nothing ran, because another line
   *   may complete the statement.
   */
  enter(code: AdmittedCode): Ending | "incomplete" | undefined;
  /** The words and names that may be typed here; those of a module, where its name is given. */
  names(of?: string): readonly string[];
}

/** Lets a session of the language run what is typed. */
export function evaluator(session: Session, ahead: TypeAhead): Evaluator {
  return {
    names: (of) => session.names(of),
    enter(code) {
      const answer = session.enter(sourceText(code));
      switch (answer.kind) {
        case "incomplete":
          return "incomplete";
        case "done":
          return answer.shown === undefined ? undefined : show(answer.shown);
        case "interrupted":
          ahead.clear();
          say(2, messages.INTERRUPTED);
          return undefined;
        default:
          return concludeStatement(answer);
      }
    },
  };
}

/** Prints the value of an expression. Gives how inc ends where it cannot be printed. */
function show(value: string): Ending | undefined {
  try {
    print(1, `${value}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof OutputFailed)) throw error;
    return endWithoutOutput(error, "inc", FAILED);
  }
}
