/**
 * The prompt: reads statements from the terminal and runs them one by one. It writes to standard error, so that standard
 * output holds the program's own output alone.
 *
 * readline edits the line with the terminal in raw mode. While a statement runs, the terminal is as the shell left it:
 * Ctrl-C is then a signal, which stops the statement, and not a key; and Ctrl-Z stops the process.
 */
import type { Interface, Key } from "node:readline";
import type { AdmittedSession } from "../../exec-check/exec-check.ts";
import type { Ending } from "../../program/leave.ts";
import { say } from "../../program/output.ts";
import * as messages from "../messages.ts";
import { complete } from "./complete.ts";
import type { Evaluator } from "./evaluator.ts";
import { historySearch, openHistory } from "./history.ts";
import { promptTerminal } from "./terminal.ts";
import type { TypeAhead } from "./type-ahead.ts";
import { watchSignals } from "./watch-signals.ts";

/**
 * Runs the prompt until Control-D, a signal, or a statement that ends the program.
 *
 * @param session Standard input, admitted.
 */
export async function prompt(
  session: AdmittedSession,
  ahead: TypeAhead,
  evaluator: Evaluator,
): Promise<Ending> {
  // Loaded here: a script does not need it, and starts faster without.
  const { createInterface } = await import("node:readline");
  const history = openHistory(process.env);
  const terminal = await promptTerminal(ahead);
  const line = createInterface({
    input: terminal.keys,
    output: process.stderr,
    terminal: true,
    history: [...history.lines],
    completer: (text: string) => complete(text, evaluator),
  });
  return new Promise((resolve) => {
    let pending = "";
    let ending: Ending | undefined;
    const ask = (text: string) => {
      pending = text;
      line.setPrompt(text === "" ? messages.PROMPT : messages.CONTINUED);
      line.prompt();
    };
    const end = (how: Ending) => {
      ending = how;
      line.close();
    };
    const dropLine = () => {
      line.write(null, { ctrl: true, name: "e" });
      say(2, messages.DROPPED);
      (line as LineEditor).clearLine();
      ask("");
    };
    const signals = watchSignals({
      SIGHUP: () => end("SIGHUP"),
      SIGQUIT: () => end("SIGQUIT"),
      SIGTERM: () => end("SIGTERM"),
      SIGTSTP: suspend,
      SIGCONT: () => {
        terminal.edit();
        line.prompt(true);
      },
    });
    function suspend() {
      signals.rest();
      terminal.giveBack();
      // Sent to the process group, as the terminal does it: the other programs of a pipeline stop too.
      process.kill(0, "SIGTSTP");
      signals.watch();
      terminal.edit();
      line.prompt(true);
    }
    // Control-C as a key, and as a signal: it is a signal where it comes just before or after a statement runs.
    line.on("SIGINT", dropLine);
    process.on("SIGINT", dropLine);
    line.on("SIGTSTP", suspend);
    const seek = historySearch(history.lines);
    terminal.keys.on("keypress", (_, key?: Key) => {
      const found = seek(line.line, key?.ctrl === true && key.name === "r");
      if (found === undefined) return;
      line.write(null, { ctrl: true, name: "e" });
      line.write(null, { ctrl: true, name: "u" });
      line.write(found);
    });
    line.on("line", (typed) => {
      if (ending !== undefined) return;
      history.add(typed);
      const text = `${pending}${typed}\n`;
      // While a statement runs the event loop does not, so nothing could act on a signal: the default effect must.
      signals.rest();
      terminal.giveBack();
      let answer: ReturnType<Evaluator["enter"]>;
      try {
        answer = evaluator.enter(session.code(text));
      } finally {
        signals.watch();
        terminal.edit();
      }
      if (answer === "incomplete") ask(text);
      else if (answer === undefined) ask("");
      else end(answer);
    });
    line.on("close", () => {
      signals.rest();
      process.off("SIGINT", dropLine);
      terminal.close();
      if (ending === undefined) say(2, messages.LEFT);
      resolve(ending ?? 0);
    });
    terminal.onHangUp(() => end("SIGHUP"));
    terminal.edit();
    ask("");
    signals.watch();
  });
}

/** readline's own way to begin a new line, for which it has no types. */
type LineEditor = Interface & { clearLine(): void };
