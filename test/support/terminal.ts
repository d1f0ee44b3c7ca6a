import { type IPty, spawn } from "@lydell/node-pty";
import type { User } from "./users.ts";

export interface TerminalOutcome {
  readonly status: number;
  /** What the terminal showed, with the echo of what was typed. */
  readonly output: string;
}

/** What to type or do, and after which output (such as a prompt): nothing depends on timing. */
export type Typing = readonly {
  readonly after: string | RegExp;
  readonly type?: string;
  readonly act?: (terminal: IPty) => void;
}[];

/** Control-D: the end of input, at the start of a line. */
export const END_OF_INPUT = "\x04";

/** Runs a command with a pseudo-terminal for all its standard streams. */
export function runInTerminal(
  argv: readonly string[],
  typing: Typing,
  options: { user?: User; env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<TerminalOutcome> {
  const [command, ...args] = argv;
  const terminal = spawn(command as string, args, {
    ...options.user?.identity,
    cwd: options.cwd ?? "/",
    env: { ...process.env, TERM: "dumb", ...options.env },
    cols: 200,
  });
  let output = "";
  let seen = 0;
  const waiting = [...typing];
  const typeWhatIsDue = () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const end = endOf(next.after, output.slice(seen));
      if (end === undefined) return;
      seen += end;
      waiting.shift();
      if (next.type !== undefined) terminal.write(next.type);
      next.act?.(terminal);
    }
  };
  return new Promise((resolve) => {
    terminal.onData((text) => {
      output += text;
      typeWhatIsDue();
    });
    terminal.onExit(({ exitCode, signal }) =>
      resolve({ status: signal ? 128 + signal : exitCode, output: output.replaceAll("\r\n", "\n") }),
    );
    typeWhatIsDue();
  });
}

/** Where in the text the awaited output ends. */
function endOf(awaited: string | RegExp, text: string): number | undefined {
  if (typeof awaited === "string") {
    const at = text.indexOf(awaited);
    return at === -1 ? undefined : at + awaited.length;
  }
  const match = awaited.exec(text);
  return match === null ? undefined : match.index + match[0].length;
}
