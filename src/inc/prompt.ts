/**
 * The prompt: reads statements from the terminal and runs them one by one. It writes to standard error, so that standard
 * output holds the program's own output alone.
 *
 * readline edits the line with the terminal in raw mode. While a statement runs, the terminal is as the shell left it:
 * Ctrl-C is then a signal, which stops the statement, and not a key.
 */
import type { Interface } from "node:readline";
import type { AdmittedCode, AdmittedSession } from "../exec-check/exec-check.ts";
import type { Ending } from "../process/leave.ts";
import { openHistory } from "./history.ts";

/** What the prompt asks of the language. */
export interface Evaluator {
  /**
   * Runs what was typed, and shows results and errors. Gives an ending where the program is to end, and "incomplete"
   * where nothing ran, because another line may make it whole.
   */
  enter(code: AdmittedCode): Ending | "incomplete" | undefined;
  /** The names that may be typed here. */
  names(): readonly string[];
}

const FIRST_LINE = "inc> ";
const NEXT_LINE = "...> ";

/** They end the prompt as they would end any program, but not before the terminal is put back. */
const FATAL_SIGNALS = ["SIGHUP", "SIGQUIT", "SIGTERM"] as const;

/** Runs the prompt until Control-D, or until the program ends itself. */
export async function prompt(session: AdmittedSession, evaluator: Evaluator): Promise<Ending> {
  // Only here: a script's start is not to wait for it.
  const { createInterface } = await import("node:readline");
  const history = openHistory(process.env);
  const line = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: true,
    history: history.lines,
    completer: (text: string) => complete(text, evaluator.names()),
  });
  return new Promise((resolve) => {
    let pending = "";
    let ending: Ending | undefined;
    const ask = (text: string) => {
      pending = text;
      line.setPrompt(text === "" ? FIRST_LINE : NEXT_LINE);
      line.prompt();
    };
    const end = (how: Ending) => {
      ending = how;
      line.close();
    };
    const dropLine = () => {
      process.stderr.write("^C\n");
      line.write(null, { ctrl: true, name: "e" });
      line.write(null, { ctrl: true, name: "u" });
      ask("");
    };
    line.on("line", (typed) => {
      if (ending !== undefined) return;
      history.add(typed);
      const text = `${pending}${typed}\n`;
      const answer = withPlainTerminal(line, end, () => evaluator.enter(session.code(text)));
      if (answer === "incomplete") ask(text);
      else if (answer === undefined) ask("");
      else end(answer);
    });
    // The key, and the signal: one that comes just before a statement begins to run must not end the session.
    line.on("SIGINT", dropLine);
    process.on("SIGINT", dropLine);
    line.on("close", () => {
      process.off("SIGINT", dropLine);
      if (ending === undefined) process.stderr.write("\n");
      resolve(ending ?? 0);
    });
    watchSignals(end);
    ask("");
  });
}

function watchSignals(end: (how: Ending) => void): void {
  for (const signal of FATAL_SIGNALS) process.on(signal, end);
}

/** What runs keeps the event loop from seeing a signal: meanwhile the default has to act. */
function unwatchSignals(end: (how: Ending) => void): void {
  for (const signal of FATAL_SIGNALS) process.off(signal, end);
}

function withPlainTerminal<T>(line: Interface, end: (how: Ending) => void, run: () => T): T {
  line.pause();
  process.stdin.setRawMode(false);
  unwatchSignals(end);
  try {
    return run();
  } finally {
    watchSignals(end);
    process.stdin.setRawMode(true);
    line.resume();
  }
}

/** readline's form: the candidates, and the part of the line that they complete. */
function complete(text: string, names: readonly string[]): [string[], string] {
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(text)?.[0] ?? "";
  return [word === "" ? [] : names.filter((name) => name.startsWith(word)), word];
}
