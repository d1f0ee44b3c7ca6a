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
import type { Evaluator } from "./evaluator.ts";
import { openHistory } from "./history.ts";
import { promptTerminal } from "./terminal.ts";
import type { TypeAhead } from "./type-ahead.ts";

/** Runs the prompt until Control-D, or until the program ends itself. */
export async function prompt(
  session: AdmittedSession,
  ahead: TypeAhead,
  evaluator: Evaluator,
): Promise<Ending> {
  // Only here: a script's start is not to wait for it.
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
      // To the group, as the terminal itself would: what runs beside us in a pipeline stops as well.
      process.kill(0, "SIGTSTP");
      signals.watch();
      terminal.edit();
      line.prompt(true);
    }
    // The key, and the signal: one that comes just before a statement begins to run must not end the session.
    line.on("SIGINT", dropLine);
    process.on("SIGINT", dropLine);
    line.on("SIGTSTP", suspend);
    const seek = seeker(history.lines);
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
      // What runs keeps the event loop from seeing a signal: meanwhile the default has to act.
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

/** Ctrl-R: each gives the next older line that holds what was typed before the first. */
function seeker(lines: readonly string[]): (typed: string, isSeeking: boolean) => string | undefined {
  let sought: { readonly text: string; next: number } | undefined;
  return (typed, isSeeking) => {
    if (!isSeeking) sought = undefined;
    else sought ??= { text: typed, next: 0 };
    if (sought === undefined) return undefined;
    const { text, next } = sought;
    const at = lines.findIndex((line, i) => i >= next && line !== typed && line.includes(text));
    if (at >= 0) sought.next = at + 1;
    return lines[at];
  };
}

/** What readline does at the end of a line, and has no types for. */
type LineEditor = Interface & { clearLine(): void };

type Watched = Readonly<Partial<Record<NodeJS.Signals, () => void>>>;

/** Signals that are acted upon by the event loop while they are watched, and else have their default effect. */
function watchSignals(watched: Watched): { watch(): void; rest(): void } {
  const all = Object.entries(watched) as [NodeJS.Signals, () => void][];
  return {
    watch() {
      for (const [signal, act] of all) process.on(signal, act);
    },
    rest() {
      for (const [signal, act] of all) process.off(signal, act);
    },
  };
}

/** readline's form: the candidates, and the part of the line that they complete. */
function complete(text: string, { names }: Evaluator): [string[], string] {
  const [, module, word = ""] = /(?:([A-Za-z_][A-Za-z0-9_]*)\.)?([A-Za-z_][A-Za-z0-9_]*)?$/.exec(text) ?? [];
  const nothing = word === "" && module === undefined;
  return [nothing ? [] : names(module).filter((name) => name.startsWith(word)), word];
}
