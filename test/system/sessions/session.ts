/**
 * Command lines and what they print, as text that one reads like a terminal's:
 *
 *     The title of a test: lines that are not indented.
 *       $ inc -c 'print 1'
 *       1
 *       $ echo 'fail("no")' |
 *       >   inc
 *       ! standard input:1:1: error: no
 *       ! ...
 *       [1]
 *
 * `$` begins a command of bash and `>` goes on with it; each begins in the folder of its test, which is empty at first.
 * What follows is expected: the lines of standard output, then those of standard error after `! `, then the status in
 * brackets, or the signal, where it is not 0. `...` is any number of lines, `! ...` of standard error; `{*}` is
 * anything within a line. A line end that is missing is `[no line end]`. Empty lines before a command or title are
 * nobody's; text without a command is a comment.
 */
import { type RunOptions, run } from "../../support/run.ts";

interface Command {
  readonly command: string;
  readonly expected: readonly string[];
}

export interface Session {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** Reads a file of sessions. */
export function readSessions(text: string): Session[] {
  const sessions: { title: string; commands: { command: string; expected: string[] }[] }[] = [];
  let isTitle = false;
  for (const line of text.split("\n")) {
    const session = sessions.at(-1);
    if (/^\S/.test(line)) {
      if (isTitle && session !== undefined) session.title += ` ${line}`;
      else sessions.push({ title: line, commands: [] });
      isTitle = true;
      continue;
    }
    isTitle = false;
    const last = session?.commands.at(-1);
    if (line.startsWith("  $ ")) session?.commands.push({ command: line.slice(4), expected: [] });
    else if (line.startsWith("  > ") && last?.expected.length === 0) last.command += `\n${line.slice(4)}`;
    else last?.expected.push(line.slice(2));
  }
  for (const { expected } of sessions.flatMap(({ commands }) => commands))
    while (expected.at(-1) === "") expected.pop();
  return sessions.filter(({ commands }) => commands.length > 0);
}

/** Plays a session: what it should have shown, and what it did. They are equal where all is well. */
export async function play(
  session: Session,
  options: RunOptions,
): Promise<{ expected: string[]; shown: string[] }> {
  const expected: string[] = [];
  const shown: string[] = [];
  for (const each of session.commands) {
    const { status, signal, stdout, stderr } = await run(["bash", "-c", each.command], options);
    const ending = signal ?? status;
    const lines = [
      ...linesOf(stdout),
      ...linesOf(stderr).map((line) => `! ${line}`),
      ...(ending === 0 ? [] : [`[${ending}]`]),
    ];
    shown.push(`$ ${each.command}`, ...lines);
    expected.push(`$ ${each.command}`, ...filled(each.expected, lines));
  }
  return { expected, shown };
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  if (!text.endsWith("\n")) return [...text.split("\n"), "[no line end]"];
  return text.slice(0, -1).split("\n");
}

/** What is expected, with whatever its wildcards stand for in what was shown. */
export function filled(expected: readonly string[], shown: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, line] of expected.entries()) {
    const rest = shown.slice(lines.length);
    if (line === "..." || line === "! ...") {
      const next = expected[index + 1];
      const ends = rest.findIndex(
        (each) =>
          each.startsWith("! ") !== line.startsWith("! ") || /^\[.*\]$/.test(each) || matches(next, each),
      );
      lines.push(...(ends < 0 ? rest : rest.slice(0, ends)));
    } else lines.push(matches(line, rest[0]) ? (rest[0] as string) : line);
  }
  return lines;
}

function matches(expected: string | undefined, shown: string | undefined): boolean {
  if (expected === undefined || shown === undefined) return false;
  const parts = expected.split("{*}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(shown);
}
