/** Each question about a trace and its answers, from made-up traces. Real ones are in strace-log.test.ts. */
import { describe, expect, test } from "vitest";
import { answer } from "../../../../src/conformance/proofs/trace-questions.ts";
import type { Question } from "../../../../src/conformance/requirements/questions.ts";
import { readStraceLog } from "../../../../src/conformance/trace/strace-log.ts";
import { traceEvents } from "../../../../src/conformance/trace/trace-events.ts";

const CODE = "/x/code.inc";
const MARKER = "42!";
const SIZE = 5;

/** As strace writes a string. */
const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16)}`).join("");
const at = (fd: number, target = CODE) => `${fd}<${hex(target)}>`;
const quoted = (text: string) => `"${hex(text)}"`;

const OPEN = `openat(-100, ${quoted(CODE)}, 0x80000) = ${at(3)}`;
const CHECK = `execveat(${at(3)}, "", [${quoted(CODE)}], [${quoted("LANG=C")}], 0x11000) = 0`;
const NAMED = (name: string) => CHECK.replace(`[${quoted(CODE)}]`, `[${quoted(name)}]`);
const READ = `read(${at(3)}, ${quoted("print")}, 0x1000) = 5`;
const PRINT = `write(${at(1, "pipe:[7]")}, ${quoted(MARKER)}, 0x3) = 3`;
const ASK = "prctl(0x1b, 0, 0, 0, 0) = 0";
const REFUSED = CHECK.replace("= 0", "= -1 EACCES (Permission denied)");
const PEEK = [OPEN, READ, `close(${at(3)}) = 0`];
const ring = at(5, "anon_inode:[io_uring]");
const RING = `io_uring_setup(0x8, {flags=0, sq_thread_cpu=0}) = ${ring}`;
const POLLED_RING = RING.replace("flags=0", "flags=0x2");
const ENTER = `io_uring_enter(${ring}, 0x1, 0x1, 0x1, NULL, 0x8) = 1`;
const UNSEEN = "skipped: it may have been read by io_uring_enter, which a trace does not show";
const passing = (fd: number) =>
  `{msg_name=NULL, msg_iov=[{iov_base="", iov_len=0x1}], msg_control=[{cmsg_len=0x14, cmsg_level=0x1, cmsg_type=0x1, cmsg_data=[${at(fd)}]}], msg_flags=0}, 0`;

const said = (question: Question, ...calls: string[]) => {
  const log = readStraceLog(calls.map((call) => `7 ${call}\n`).join(""));
  const { verdict, reason } = answer(
    question,
    traceEvents(log, CODE, [CODE], (written) => written.includes(MARKER), SIZE),
  );
  return `${verdict}: ${reason}`;
};

const SOUND = [ASK, OPEN, CHECK, READ, PRINT];
const NO_CHECK = "skipped: there was no check to look at: see check.always and check.streams";

describe.each<[Question, [what: string, calls: string[], answer: string][]]>([
  [
    "always",
    [
      ["asked", SOUND, "holds: the check was called"],
      ["not asked", [OPEN, READ], "broken: execveat with AT_EXECVE_CHECK was never called for it"],
      [
        "executed in earnest, which is not a check",
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
      [
        "received over a socket",
        [
          OPEN,
          CHECK,
          `sendmsg(${at(6, "socket:[9]")}, ${passing(3)}) = 1`,
          `close(${at(3)}) = 0`,
          `recvmsg(${at(7, "socket:[9]")}, ${passing(4)}) = 1`,
          READ.replace("3<", "4<"),
        ],
        "holds: it was read from the open file that was checked",
      ],
      [
        "looked at through another, then read",
        [...PEEK, OPEN, CHECK, READ, PRINT],
        "holds: it was read from the open file that was checked",
      ],
      [
        "looked at through another, then refused",
        [...PEEK, OPEN, REFUSED],
        "skipped: it was looked at before the check, and nothing of it was read after it: see check.before-read",
      ],
      [
        "read through another, and the checked one only looked at",
        [...PEEK, OPEN, CHECK, READ.replace("= 5", "= 2"), PRINT],
        "broken: of its 5 bytes only 2 were read from the open file that was checked",
      ],
      ["read by a ring", [OPEN, CHECK, RING, ENTER, PRINT], UNSEEN],
      [
        "as a whole, with a ring at hand",
        [OPEN, CHECK, RING, ENTER, READ, PRINT],
        "holds: it was read from the open file that was checked",
      ],
      ["refused, with a ring at hand", [OPEN, REFUSED, RING, ENTER], "skipped: nothing of it was read"],
      [
        "a ring that nothing is submitted to",
        [RING, ...SOUND],
        "holds: it was read from the open file that was checked",
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
      ["by a ring", [RING, OPEN, ENTER, CHECK], UNSEEN],
      ["by a ring that is polled", [POLLED_RING, OPEN, CHECK], UNSEEN.replace("enter", "setup")],
      [
        "a ring that was used before",
        [RING, ENTER, ...SOUND],
        "holds: no byte had been read when the check was made",
      ],
      [
        "spliced",
        [OPEN, `splice(${at(3)}, NULL, ${at(5, "pipe:[8]")}, NULL, 0x1000, 0) = 5`, CHECK],
        UNSEEN.replace("io_uring_enter", "splice"),
      ],
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
      ["a file's name", [OPEN, NAMED("code.inc")], 'holds: argv[0] was "code.inc"'],
      ["a module's name", [OPEN, NAMED("code")], 'holds: argv[0] was "code"'],
      ["the descriptor", [OPEN, NAMED("/dev/fd/3")], 'holds: argv[0] was "/dev/fd/3"'],
      [
        "the descriptor of another file",
        [OPEN, NAMED("/dev/fd/4")],
        'broken: argv[0] was "/dev/fd/4", which does not name what was checked',
      ],
      [
        "the interpreter",
        [OPEN, NAMED("/usr/bin/inc")],
        'broken: argv[0] was "/usr/bin/inc", which does not name what was checked',
      ],
      [
        "standard input, of what is none",
        [OPEN, NAMED("-")],
        'broken: argv[0] was "-", which does not name what was checked',
      ],
      ["no check", [OPEN], NO_CHECK],
    ],
  ],
  [
    "streams",
    [
      ["asked", SOUND, "holds: the check was called"],
      ["not asked", [OPEN, READ], "broken: execveat with AT_EXECVE_CHECK was never called for it"],
    ],
  ],
  [
    "envp",
    [
      ["an environment", SOUND, "holds: the check was given an environment"],
      [
        "an empty one",
        [OPEN, CHECK.replace(`[${quoted("LANG=C")}]`, "[]")],
        "holds: the check was given an environment",
      ],
      [
        "none",
        [OPEN, CHECK.replace(`[${quoted("LANG=C")}]`, "NULL")],
        "broken: the check was given NULL as its environment",
      ],
      ["no check", [OPEN], NO_CHECK],
    ],
  ],
  [
    "securebits",
    [
      [
        "after a check that passes, asked or not",
        [OPEN, CHECK, READ, PRINT],
        "holds: its check passed, after which the securebits need not be asked",
      ],
      ["asked first", [ASK, OPEN, REFUSED, READ, PRINT], "holds: prctl(PR_GET_SECUREBITS) was called"],
      [
        "asked after the check",
        [OPEN, REFUSED, ASK, READ, PRINT],
        "holds: prctl(PR_GET_SECUREBITS) was called",
      ],
      [
        "asked too late",
        [OPEN, REFUSED, READ, PRINT, ASK],
        "broken: prctl(PR_GET_SECUREBITS) was called after code had run",
      ],
      [
        "not asked",
        [OPEN, REFUSED, READ, PRINT],
        "broken: it ran, and prctl(PR_GET_SECUREBITS) was never called",
      ],
      [
        "not asked of code without a descriptor",
        [PRINT],
        "broken: it ran, and prctl(PR_GET_SECUREBITS) was never called",
      ],
      [
        "refused without asking",
        [OPEN, REFUSED],
        "skipped: nothing of it was seen to run, so that nothing had to be asked",
      ],
    ],
  ],
])("%s", (question, rows) => {
  test.each(rows)("%s", (_, calls, expected) => expect(said(question, ...calls)).toBe(expected));
});

test("what the parent closes before its child's first call, the child has all the same", () => {
  const log = readStraceLog(
    [`7 ${OPEN}`, `7 ${CHECK}`, "7 fork() = 8", `7 close(${at(3)}) = 0`, `8 ${READ}`]
      .map((line) => `${line}\n`)
      .join(""),
  );
  const { verdict } = answer(
    "descriptor",
    traceEvents(log, CODE, [CODE], () => false),
  );
  expect(verdict).toBe("holds");
});

test("a line that is not understood answers nothing, and is told", () => {
  expect(said("always", ...SOUND, "what(")).toBe("skipped: the trace is not understood: 7 what(");
});

test.each(["-", "stdin", "<stdin>", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"])(
  "%s names standard input",
  (name) => {
    const check = NAMED(name).replace("3<", "0<");
    const events = traceEvents(readStraceLog(`7 ${check}\n`), CODE, [CODE, "/dev/stdin"], () => false);
    expect(answer("argv", events).verdict).toBe("holds");
  },
);

test("of a process whose memory cannot be read, nothing is said", () => {
  const asAddresses = [
    "openat(-100, 0x7ffc0123, 0x80000) = 3",
    "execveat(3, 0x7ffc0124, 0x7ffc, 0x7ffd, 0x11000) = 0",
  ];
  expect(said("always", ...asAddresses)).toBe("skipped: its memory cannot be read: run as root");
  expect(said("always", "openat(-100, 0x1, 0x80000) = -1 EFAULT (Bad address)", ...SOUND)).toMatch(/^holds/);
});

test("the files that were asked for before the check are told, but for libraries and the code itself", () => {
  const open = (path: string) =>
    `7 openat(-100, ${quoted(path)}, 0x80000) = -1 ENOENT (No such file or directory)\n`;
  const calls = ["/etc/incrc", "/lib/libc.so.6", "/proc/self/maps", CODE].map(open).join("");
  const log = readStraceLog(`${calls}7 ${OPEN}\n7 ${CHECK}\n${open("/etc/later")}`);
  expect(traceEvents(log, CODE, [CODE], () => false).asked).toEqual(["/etc/incrc"]);
});
