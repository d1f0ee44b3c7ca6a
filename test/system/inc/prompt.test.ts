/** The prompt, on a real pseudo-terminal. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IPty } from "@lydell/node-pty";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { needsStrace, stringsIn } from "../../support/strace.ts";
import { END_OF_INPUT, runInTerminal, type Typing } from "../../support/terminal.ts";

const CTRL_C = "\x03";
const PROMPT = "inc> ";
const MORE = "...> ";

let state: string;
beforeEach(() => {
  state = temporaryFolder();
});

/** Types at prompts, and gives what the terminal showed without its escape sequences. */
async function session(
  typing: Typing,
  argv: readonly string[] = [INC],
  env: Readonly<Record<string, string>> = {},
) {
  const { status, output } = await runInTerminal(argv, typing, {
    env: { XDG_STATE_HOME: state, TERM: "xterm", ...env },
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the terminal's own.
  return { status, output: output.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").replaceAll("\r", "") };
}

/** Types lines, each at its prompt, and then Control-D. */
const lines = (...typed: string[]): Typing => [
  ...typed.map((line) => ({ after: PROMPT, type: `${line}\r` })),
  { after: PROMPT, type: END_OF_INPUT },
];

test("runs statements, shows what expressions give, and Ctrl-D leaves", async () => {
  const { status, output } = await session(lines("let a = 6", "a * 7", '"x" + "y"', "nil", "+"));
  expect(status).toBe(0);
  expect(output).toContain("inc> a * 7\n42\ninc> ");
  expect(output).toContain('"xy"\ninc> nil\ninc> +\n1\ninc> ');
});

test("standard output holds the program's own output alone", async () => {
  const file = join(state, "out");
  const { status } = await session(lines("print 6 * 7"), ["sh", "-c", `exec "$0" >"${file}"`, INC]);
  expect(status).toBe(0);
  expect(readFileSync(file, "utf8")).toBe("42\n");
});

test("a value that nobody reads ends it by SIGPIPE", async () => {
  const script = '"$0" | true; exit $PIPESTATUS';
  const { status, output } = await session([{ after: PROMPT, type: "1 + 1\r" }], ["bash", "-c", script, INC]);
  expect({ status, output }).toEqual({ status: 141, output: "inc> 1 + 1\n" });
});

test("a statement goes on until it is complete", async () => {
  const { output } = await session([
    { after: PROMPT, type: "fn f(x) {\r" },
    { after: MORE, type: "return x + 1\r" },
    { after: MORE, type: "}\r" },
    { after: PROMPT, type: "f(41)\r" },
    { after: PROMPT, type: END_OF_INPUT },
  ]);
  expect(output).toContain("f(41)\n42\n");
});

test("an error ends its statement only", async () => {
  const { status, output } = await session(lines("print nope", "print 1 / 0", "print 7"));
  expect(status).toBe(0);
  expect(output).toMatch(/:1:7: error: .*nope/);
  expect(output).toContain("error: division by zero");
  expect(output).toContain("print 7\n7\n");
});

test("exit ends it with its status, 1 as well", async () => {
  expect(await session([{ after: PROMPT, type: "exit(7)\r" }])).toMatchObject({ status: 7 });
  expect(await session([{ after: PROMPT, type: "exit(1)\r" }])).toMatchObject({ status: 1 });
});

test("Tab completes a name", async () => {
  const { output } = await session([
    { after: PROMPT, type: "let marmalade = 42\r" },
    { after: PROMPT, type: "print marm" },
    { after: "print marm", type: "\t" },
    { after: "alade", type: "\r" },
    { after: PROMPT, type: END_OF_INPUT },
  ]);
  expect(output).toContain("\n42\n");
});

test("Tab completes a word of the language, and a name of a module", async () => {
  makeFile(join(state, "fruit.inc"), 0o755, 'let pear = "pe" + "ar"\n');
  const { output } = await session([
    { after: PROMPT, type: `import "${state}/fruit.inc"\r` },
    { after: PROMPT, type: "prin" },
    { after: "prin", type: "\t" },
    { after: "t", type: " fruit.p" },
    { after: "fruit.p", type: "\t" },
    { after: "ear", type: "\r" },
    { after: PROMPT, type: END_OF_INPUT },
  ]);
  expect(output).toContain("\npear\n");
});

describe("Ctrl-C", () => {
  test("drops the line, and what came before it", async () => {
    const { status, output } = await session([
      { after: PROMPT, type: "fn f() {\r" },
      { after: MORE, type: "print 1" },
      { after: "print 1", type: CTRL_C },
      { after: PROMPT, type: "print 2\r" },
      { after: PROMPT, type: END_OF_INPUT },
    ]);
    expect(status).toBe(0);
    expect(output).toContain("print 2\n2\n");
    expect(output).not.toContain("error");
  });

  test.each([
    ["a loop", "while true { }"],
    ["a blocked read", "read_line()"],
  ])("stops %s, and the prompt is back", async (_, statement) => {
    const { status, output } = await session([
      { after: PROMPT, type: `eprint("go" + "ing"); ${statement}\r` },
      { after: "\ngoing", type: CTRL_C },
      { after: PROMPT, type: "print 6 * 7\r" },
      { after: PROMPT, type: END_OF_INPUT },
    ]);
    expect(status).toBe(0);
    expect(output).toContain("interrupted\n");
    expect(output).toContain("print 6 * 7\n42\n");
  });
});

describe("what is typed ahead", () => {
  test("while a statement runs: lines, and Ctrl-D, wait for the prompt", async () => {
    const go = makeFile(join(state, "go"), 0o644);
    const { status, output } = await session([
      { after: PROMPT, type: `eprint("go" + "ing"); while read_file("${go}") == "" { }\r` },
      { after: "\ngoing", type: `print 6 * 7\rlet half = "whole"\r${END_OF_INPUT}` },
      { after: '"whole"', act: () => writeFileSync(go, "now") },
    ]);
    expect(status).toBe(0);
    expect(output).toContain("inc> print 6 * 7\n42\ninc> let half");
    expect(output).not.toContain("error");
  });

  test("with a statement that reads: it gets the lines behind its own", async () => {
    const { output } = await session([
      { after: PROMPT, type: "?\r41\r+\rread_line() + read_line()\rthis\rprint 7 * 7\r" },
      { after: /\n49\r\n[\s\S]*inc> /, type: END_OF_INPUT },
    ]);
    expect(output).toContain("inc> +\n42\n");
    expect(output).toContain('"this"\n');
    expect(output).not.toContain("error");
  });

  test("with a statement that Ctrl-C stops: it is dropped", async () => {
    const { output } = await session([
      { after: PROMPT, type: 'eprint("go" + "ing"); while true { }\rprint 6 * 7\r' },
      { after: "\ngoing", type: CTRL_C },
      { after: PROMPT, type: END_OF_INPUT },
    ]);
    expect(output).toContain("interrupted\n");
    expect(output).not.toContain("42");
  });

  test("pasted, with any line ends: each line is a line", async () => {
    const { output } = await session([
      { after: PROMPT, type: "print 10 + 1\r\nprint 10 + 2\nprint 10 + 3\r" },
      { after: /\n13\r\n[\s\S]*inc> /, type: END_OF_INPUT },
    ]);
    expect(output).toContain("11\ninc> print 10 + 2\n12\ninc> print 10 + 3\n13\n");
  });
});

describe("Ctrl-Z", () => {
  const CTRL_Z = "\x1a";
  const shellPrompt = "SH> ";
  const inShell = (typing: Typing) =>
    session(typing, ["bash", "--norc", "--noprofile", "-i"], { PS1: "SH> " });

  test("stops the job with the terminal put back, and fg has the line again", async () => {
    const { output } = await inShell([
      { after: shellPrompt, type: `${INC} | cat\r` },
      { after: PROMPT, type: "print 6" },
      { after: "print 6", type: CTRL_Z },
      { after: "Stopped", type: "" },
      { after: shellPrompt, type: "stty -a | grep -o -e '-\\?icanon'; fg\r" },
      { after: /icanon\r\n[\s\S]*inc> print 6/, type: " * 7\r" },
      { after: /42[\s\S]*inc> /, type: END_OF_INPUT },
      { after: shellPrompt, type: "exit\r" },
    ]);
    expect(output).toMatch(/[^-]icanon\n/);
    expect(output).toContain("\n42\n");
  });

  test("stops what runs, and it goes on", async () => {
    const { output } = await inShell([
      { after: shellPrompt, type: `${INC}\r` },
      { after: PROMPT, type: 'eprint("go" + "ing"); let line = read_line(); print line + "!"\r' },
      { after: "\ngoing", type: CTRL_Z },
      { after: "Stopped", type: "" },
      { after: shellPrompt, type: "fg\r" },
      { after: INC, type: "on\r" },
      { after: "on!", type: "" },
      { after: PROMPT, type: END_OF_INPUT },
      { after: shellPrompt, type: "exit\r" },
    ]);
    expect(output).toContain("\non!\n");
  });

  test("where nothing can be stopped, the line goes on", async () => {
    const { output } = await session([
      { after: PROMPT, type: `print 6${CTRL_Z}` },
      { after: /print 6[\s\S]*print 6/, type: " * 7\r" },
      { after: /42[\s\S]*inc> /, type: END_OF_INPUT },
    ]);
    expect(output).toContain("\n42\n");
  });
});

test("the terminal's new size is taken over", async () => {
  const { output } = await session([
    { after: PROMPT, type: `print "${"x".repeat(60)}"` },
    { after: 'x"', act: (terminal) => terminal.resize(40, 10) },
    // It is shown anew: the cursor is now in the second row.
    { after: /x"[\s\S]*\[[0-9]+G/, type: "\r" },
    { after: PROMPT, type: END_OF_INPUT },
  ]);
  expect(output).toMatch(/\nx{60}\n/);
});

test("a terminal that is gone ends it by SIGHUP", async () => {
  const file = makeFile(join(state, "status"), 0o644);
  const program = `trap "" HUP; "$0"; echo $? >"${file}"`;
  await session(
    [{ after: PROMPT, act: (terminal) => (terminal as IPty & { destroy(): void }).destroy() }],
    ["bash", "-c", program, INC],
  );
  await vi.waitFor(() => expect(readFileSync(file, "utf8")).toBe("129\n"), 10_000);
});

test("? and read_line read the terminal", async () => {
  const { output } = await session([
    { after: PROMPT, type: "?\r" },
    { after: "new number: ", type: "41\r" },
    { after: PROMPT, type: "+\r" },
    { after: PROMPT, type: END_OF_INPUT },
  ]);
  expect(output).toContain("+\n42\n");
});

describe("the history", () => {
  const file = () => join(state, "inc/history");

  test("is kept from one session to the next, for its owner alone", async () => {
    await session(lines("print 40 + 2"));
    expect(readFileSync(file(), "utf8")).toBe("print 40 + 2\n");
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const { output } = await session([
      { after: PROMPT, type: "\x1b[A\r" },
      // Calling a line back shows a prompt too: the next prompt comes after the result.
      { after: /\n42\r?\n[\s\S]*inc> /, type: END_OF_INPUT },
    ]);
    expect(output).toContain("\n42\n");
  });

  test("Ctrl-R seeks back for what is typed, further at each", async () => {
    const CTRL_R = "\x12";
    await session(lines("print 40 + 2", "print 4 * 11", "let other = 1"));
    const { output } = await session([
      { after: PROMPT, type: `int 4${CTRL_R}` },
      { after: "print 4 * 11", type: CTRL_R },
      { after: "print 40 + 2", type: "0\r" },
      // At the prompt: while a statement runs, the terminal itself handles Ctrl-R.
      { after: /\n60\r\n[\s\S]*inc> /, type: `pr${CTRL_R}${CTRL_R}\r` },
      { after: /\n44\r\n[\s\S]*inc> /, type: END_OF_INPUT },
    ]);
    expect(output).toContain("inc> print 4 * 11\n44\n");
  });

  test.each<[string, () => string]>([
    ["where a file is in the way", () => dirname(makeFile(join(state, "inc"), 0o644, "no folder"))],
    ["where no folder can be made", () => "/proc"],
    [
      "where a pipe has its name",
      () => {
        mkdirSync(join(state, "inc"));
        makeFifo(join(state, "inc/history"));
        return state;
      },
    ],
  ])("is not needed, %s", async (_, home) => {
    expect(await session(lines("print 7"), ["env", `XDG_STATE_HOME=${home()}`, INC])).toMatchObject({
      status: 0,
      output: expect.stringContaining("\n7\n"),
    });
  });
});

describe("under DENY_INTERACTIVE", () => {
  test("it is refused before anything is shown or any file is opened", async (context) => {
    await needsStrace(context);
    const log = makeFile(join(state, "trace"), 0o666);
    const strace = ["strace", "-f", "-qq", "-o", log, "-e", "trace=openat,write"];
    const { status, output } = await session([], [...strace, SET_EXEC, "-i", "--", INC]);
    expect(status).toBe(1);
    expect(output).toMatch(
      /^inc: standard input: refused: a terminal that the kernel would not execute: EACCES/,
    );
    expect(output).not.toContain(PROMPT);
    const trace = readFileSync(log, "utf8");
    expect(stringsIn(trace).filter((text) => text.startsWith(state))).toEqual([]);
  });
});

describe("the terminal is put back", () => {
  /** Compares the terminal's settings before and after the program, which `act` ends. */
  const around = (program: string) => [
    "bash",
    "-c",
    `before=$(stty -g); ${program}; [ "$before" = "$(stty -g)" ] && echo "put back" || echo "left raw"`,
    INC,
  ];

  test.each([
    ["Ctrl-D", END_OF_INPUT],
    ["exit", "exit(3)\r"],
  ])("after %s", async (_, typed) => {
    const { output } = await session([{ after: PROMPT, type: typed }], around('"$0"'));
    expect(output).toContain("put back");
  });

  test.each([
    ["HUP", 129],
    ["QUIT", 131],
    ["TERM", 143],
  ])("after SIG%s from outside, by which the program dies", async (signal, status) => {
    const whenRaw = "until stty -a <$(tty) | grep -q -e -icanon; do sleep 0.05; done";
    const program = `(${whenRaw}; kill -${signal} $(cat "${state}/pid")) <&0 & (echo $BASHPID >"${state}/pid"; exec "$0"); echo "status $?"`;
    const { output } = await session([], around(program));
    expect(output).toContain(`status ${status}\nput back`);
  });

  test("and SIGTERM stops what runs", async () => {
    const program = `(sleep 1; kill -TERM $(cat "${state}/pid")) & (echo $BASHPID >"${state}/pid"; exec "$0"); echo "status $?"`;
    const typing = [{ after: PROMPT, type: "while true { }\r" }];
    const { output } = await session(typing, around(program));
    expect(output).toContain("status 143\nput back");
  });
});
