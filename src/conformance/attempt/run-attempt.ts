/** Runs the command of an attempt that is ready, to its end. */
import { closeSync, openSync } from "node:fs";
import type { Entry } from "../adapter/adapter.ts";
import { fill } from "../adapter/template.ts";
import { feedFifo } from "../sandbox/fifo.ts";
import { type Launch, launch } from "../sandbox/launch.ts";
import { openPseudoTerminal } from "../sandbox/terminal.ts";
import type { Attempt, Ready, Setting } from "./attempt.ts";
import { environment, fillAll } from "./environment.ts";
import type { Attempted } from "./observation.ts";
import type { Stage } from "./stage.ts";

/** The machine is short of something, whatever command is started. */
const SHORTAGE = /\b(EAGAIN|EMFILE|ENFILE|ENOMEM)$/;

/** The part of a case's time that a typist waits for a prompt. */
const PATIENCE = 0.15;

export async function runAttempt(setting: Setting, attempt: Attempt, ready: Ready): Promise<Attempted> {
  const { entry, way, mode } = attempt;
  const { stage, program, beside, loaded, values, stops } = ready;
  const { user } = stage;
  const isStartupOfPrompt = way.kind === "startup" && entry.prompt !== undefined;
  const isAtTerminal = stage.terminal || isStartupOfPrompt;
  const atTerminal = isAtTerminal ? setting.workplace.atTerminal : [];
  if ("missing" in atTerminal) return atTerminal;
  const terminal = isAtTerminal ? openPseudoTerminal(user) : undefined;
  if (terminal !== undefined) stops.push(terminal.close);
  const command = entry.command.map((text) => fill(text, values));
  const wrapped = wrap(setting, attempt, stage, [...(attempt.before?.(stage) ?? []), ...command]);
  const argv = [...atTerminal, ...wrapped.argv];
  const home = setting.workplace.folder(user).path;
  const ended = await launch(
    {
      argv,
      env: environment(home, [setting.adapter.env, entry.env], values),
      cwd: home,
      stdin: terminal?.fd ?? inputOf(entry, ready),
      extra: stage.passed,
      ...(terminal === undefined ? {} : { terminal: terminal.fd }),
      user: wrapped.user,
      mode: wrapped.mode,
      timeoutMs: setting.timeoutMs,
      log: attempt.log,
    },
    (child) => {
      if (stage.fifo !== undefined) stops.push(feedFifo(stage.fifo, ready.code));
      if (stage.stdin === "socket") child.stdin?.end(ready.code);
      terminal?.begin({
        prompt: way.kind === "terminal" || isStartupOfPrompt ? entry.prompt : undefined,
        code: isStartupOfPrompt ? beside?.text : (stage.typed ?? values.program),
        isDone: (isStartupOfPrompt ? beside : program)?.seenIn ?? (() => true),
        patienceMs: setting.timeoutMs * PATIENCE,
      });
      if (attempt.meanwhile !== undefined) stops.push(attempt.meanwhile(stage, child.pid as number));
    },
  );
  // Where a helper did not start, or the user could not be changed, nothing is known of the interpreter.
  const isOwnFault = argv[0] === command[0] && wrapped.user === undefined;
  if (ended.notStarted !== undefined && (!isOwnFault || SHORTAGE.test(ended.notStarted)))
    return { missing: `cannot be set up here: ${ended.notStarted}` };
  const seen = terminal === undefined ? ended : { ...ended, stdout: await terminal.shown() };
  const output = `${seen.stdout}\n${seen.stderr}`;
  return {
    command: wrapped.argv,
    env: fillAll(entry.env, values),
    mode,
    program,
    ran: program.seenIn(output),
    // What is loaded twice says so twice, also if the program beyond that is not reached.
    ranPartly: program.anySeenIn(output) || (loaded !== program && output.split(loaded.marker).length > 2),
    besideRan: beside?.seenIn(output),
    ended: seen,
  };
}

/** Standard input: what the form made it, or else the file that the adapter names. */
function inputOf(entry: Entry, { stage, values, stops }: Ready): Stage["stdin"] {
  if (entry.stdin === undefined || stage.stdin !== "ignore") return stage.stdin;
  const fd = openSync(fill(entry.stdin, values), "r");
  stops.push(() => closeSync(fd));
  return fd;
}

/** Puts everything before the command, from the outside in: namespaces, the user, the bits. */
export function wrap(
  { workplace }: Setting,
  { mode, locked }: Attempt,
  { wrapper, user }: Stage,
  argv: readonly string[],
): Pick<Launch, "argv" | "user" | "mode"> {
  const before =
    locked === true && mode !== 1 && !("missing" in workplace.locked) ? workplace.locked : wrapper;
  if (before === undefined) return { argv, user, mode };
  return {
    argv: before.wrap(argv, mode, user),
    user: before.setsUser ? undefined : user,
    mode: before.setsBits ? 1 : mode,
  };
}
