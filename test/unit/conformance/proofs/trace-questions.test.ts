/** What a trace is asked, and each answer to it: from made-up traces. Those of real interpreters are in strace-log.test.ts. */
import { describe, expect, test } from "vitest";
import { answer } from "../../../../src/conformance/proofs/trace-questions.ts";
import type { Question } from "../../../../src/conformance/requirements/requirements.ts";
import { readStraceLog } from "../../../../src/conformance/trace/strace-log.ts";
import { traceEvents } from "../../../../src/conformance/trace/trace-events.ts";

const CODE = "/x/code.inc";
const MARKER = "42!";

/** As strace writes a string. */
const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16)}`).join("");
const at = (fd: number, target = CODE) => `${fd}<${hex(target)}>`;
const quoted = (text: string) => `"${hex(text)}"`;

const OPEN = `openat(-100, ${quoted(CODE)}, 0x80000) = ${at(3)}`;
const CHECK = `execveat(${at(3)}, "", [${quoted(CODE)}], [], 0x11000) = 0`;
const READ = `read(${at(3)}, ${quoted("print")}, 0x1000) = 5`;
const PRINT = `write(${at(1, "pipe:[7]")}, ${quoted(MARKER)}, 0x3) = 3`;
const ASK = "prctl(0x1b, 0, 0, 0, 0) = 0";

const said = (question: Question, ...calls: string[]) => {
  const log = readStraceLog(calls.map((call) => `7 ${call}\n`).join(""));
  const { verdict, reason } = answer(
    question,
    traceEvents(log, CODE, [CODE], (written) => written.includes(MARKER)),
  );
  return `${verdict}: ${reason}`;
};

const SOUND = [ASK, OPEN, CHECK, READ, PRINT];
const NO_CHECK = "skipped: there was no check to look at: see check.always";

describe.each<[Question, [what: string, calls: string[], answer: string][]]>([
  [
    "always",
    [
      ["asked", SOUND, "holds: the check was called"],
      ["not asked", [OPEN, READ], "broken: execveat with AT_EXECVE_CHECK was never called for it"],
      [
        "executed in earnest, which is no check",
        [OPEN, CHECK.replace("0x11000", "0x1000")],
        "broken: execveat with AT_EXECVE_CHECK was never called for it",
      ],
      [
        "asked about another file",
        [`execveat(${at(4, "/x/other")}, "", [${quoted(CODE)}], [], 0x11000) = 0`, READ],
        "broken: execveat with AT_EXECVE_CHECK was never called for it",
      ],
    ],
  ],
  [
    "empty-path",
    [
      ["by descriptor", SOUND, "holds: on a descriptor, with AT_EMPTY_PATH and an empty path"],
      [
        "by name",
        [`execveat(-100, ${quoted(CODE)}, [${quoted(CODE)}], [], 0x10000) = 0`, OPEN, READ],
        "broken: it was checked by name, which may have changed its meaning by the time it is read",
      ],
      ["not at all", [OPEN, READ], NO_CHECK],
    ],
  ],
  [
    "descriptor",
    [
      ["the same", SOUND, "holds: it was read from the open file that was checked"],
      [
        "a copy",
        [OPEN, CHECK, `dup(${at(3)}) = ${at(9)}`, READ.replace("3<", "9<")],
        "holds: it was read from the open file that was checked",
      ],
      [
        "opened again by its number",
        [OPEN, CHECK, `openat(-100, ${quoted("/proc/self/fd/3")}, 0) = ${at(9)}`, READ.replace("3<", "9<")],
        "holds: it was read from the open file that was checked",
      ],
      [
        "another of the same name",
        [OPEN, CHECK, OPEN.replace("3<", "4<"), READ.replace("3<", "4<")],
        "broken: no byte was read from the open file that was checked",
      ],
      [
        "another as well",
        [OPEN, CHECK, READ, OPEN.replace("3<", "4<"), READ.replace("3<", "4<")],
        "broken: after the check, bytes were read from another open file of the same name",
      ],
      [
        "mapped",
        [OPEN, CHECK, `mmap(NULL, 0x1000, 0x1, 0x2, ${at(3)}, 0) = 0x7f0000000000`],
        "holds: it was read from the open file that was checked",
      ],
      [
        "opened again as standard input",
        [CHECK.replace("3<", "0<"), `open(${quoted("/dev/stdin")}, 0) = ${at(9)}`, READ.replace("3<", "9<")],
        "holds: it was read from the open file that was checked",
      ],
      [
        "sent on from another of the same name",
        [
          `open(${quoted(CODE)}, 0) = ${at(4)}`,
          OPEN,
          CHECK,
          `sendfile(${at(5, "pipe:[8]")}, ${at(4)}, NULL, 0x5) = 5`,
        ],
        "broken: no byte was read from the open file that was checked",
      ],
      ["never read", [OPEN, CHECK], "skipped: nothing of it was read"],
      ["never checked", [OPEN, READ], NO_CHECK],
    ],
  ],
  [
    "before-interpretation",
    [
      ["before", SOUND, "holds: the check had ended before the marker appeared"],
      ["after", [OPEN, READ, PRINT, CHECK], "broken: the marker had appeared before the check was made"],
      [
        "after a marker that was gathered from pieces",
        [
          OPEN,
          `writev(${at(1, "pipe:[7]")}, [{iov_base=${quoted("4")}, iov_len=0x1}, {iov_base=${quoted("2!")}, iov_len=0x2}], 0x2) = 3`,
          CHECK,
        ],
        "broken: the marker had appeared before the check was made",
      ],
      ["no marker", [OPEN, CHECK, READ], "skipped: the trace does not show its marker"],
      ["no check", [OPEN, READ, PRINT], NO_CHECK],
    ],
  ],
  [
    "before-read",
    [
      ["before", SOUND, "holds: no byte had been read when the check was made"],
      ["after", [OPEN, READ, CHECK], "broken: it was read (read, 5 bytes) before the check was made"],
      ["no check", [OPEN, READ], NO_CHECK],
    ],
  ],
  [
    "argv",
    [
      ["a name", SOUND, 'holds: argv[0] was "/x/code.inc"'],
      [
        "none",
        [OPEN, CHECK.replace(/\[".*?"\]/, "NULL")],
        "broken: the check was given no argv, or an empty one",
      ],
      [
        "an empty list",
        [OPEN, CHECK.replace(/\[".*?"\]/, "[]")],
        "broken: the check was given no argv, or an empty one",
      ],
      ["no check", [OPEN], NO_CHECK],
    ],
  ],
  [
    "securebits",
    [
      ["asked first", SOUND, "holds: prctl(PR_GET_SECUREBITS) was called"],
      [
        "asked too late",
        [OPEN, CHECK, READ, PRINT, ASK],
        "broken: prctl(PR_GET_SECUREBITS) was called after code had run",
      ],
      ["not asked", [OPEN, CHECK, READ, PRINT], "broken: prctl(PR_GET_SECUREBITS) was never called"],
    ],
  ],
])("%s", (question, rows) => {
  test.each(rows)("%s", (_, calls, expected) => expect(said(question, ...calls)).toBe(expected));
});

test("a line that is not understood answers nothing, and is told", () => {
  expect(said("always", ...SOUND, "what(")).toBe("skipped: the trace is not understood: 7 what(");
});
