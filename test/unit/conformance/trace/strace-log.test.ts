/** What is read from the traces of real interpreters, and that nothing is read from other text. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer } from "../../../../src/conformance/proofs/trace-questions.ts";
import type { Question } from "../../../../src/conformance/requirements/questions.ts";
import { descendsFrom, OpenFiles } from "../../../../src/conformance/trace/open-files.ts";
import { descriptorIn, readStraceLog, stringIn } from "../../../../src/conformance/trace/strace-log.ts";
import { type TraceEvents, traceEvents } from "../../../../src/conformance/trace/trace-events.ts";
import { CODE, MARKER, TRACES } from "./traces/record.ts";

const logOf = (name: string) => readFileSync(join(import.meta.dirname, `traces/${name}.log`), "latin1");
const read = (log: string) =>
  traceEvents(readStraceLog(log), CODE, [CODE], (written) => written.includes(MARKER));

const QUESTIONS: readonly Question[] = [
  "always",
  "empty-path",
  "descriptor",
  "before-interpretation",
  "before-read",
  "argv",
  "securebits",
];
const verdicts = (events: TraceEvents) => QUESTIONS.map((question) => answer(question, events).verdict);

/** Of these interpreters only inc makes the check. */
const ASKS = QUESTIONS.map(() => "holds");
const ASKS_NOT = QUESTIONS.map((each) => (["always", "securebits"].includes(each) ? "broken" : "skipped"));

describe.each(TRACES)("$name", ({ name, code }) => {
  const log = logOf(name);

  test("every line is understood, as a call or as a half of one", () => {
    const { calls, strange } = readStraceLog(log);
    expect(strange).toEqual([]);
    const halves = calls.filter(({ began, ended }) => began !== ended).length;
    const unfinished = log.split("\n").filter((line) => line.endsWith("<unfinished ...>")).length;
    expect(unfinished).toBe(halves);
    expect(calls.length + halves).toBe(log.split("\n").length - 1);
  });

  test("it read its whole code before it printed, and asked or did not", () => {
    const events = read(log);
    const [first] = events.reads;
    expect(first?.bytes).toBe(code.length);
    expect(events.marker?.began).toBeGreaterThan(first?.call.ended as number);
    expect(verdicts(events)).toEqual(name === "inc" ? ASKS : ASKS_NOT);
  });
});

test("inc's check: on the descriptor that is read, with the argv of a native execution, after the securebits", () => {
  const { checks, reads, securebits } = read(logOf("inc"));
  expect(checks.map(({ argv, call }) => [argv, call.result])).toEqual([[[CODE], "0"]]);
  expect(checks[0]?.file).toBe(reads[0]?.file);
  expect(securebits?.result).toBe("0");
});

test("dash moves its script to descriptor 10, and it is still the file that was opened", () => {
  const { calls } = readStraceLog(logOf("dash"));
  const files = new OpenFiles(calls);
  const at = calls.findIndex(({ name, args }) => name === "openat" && stringIn(args[1]) === CODE);
  for (const call of calls.slice(0, at + 1)) files.follow(call);
  const opened = files.at(calls[at]?.pid as number, calls[at]?.result);
  const moved = calls
    .slice(at + 1)
    .find(({ name, result }) => name === "fcntl" && descriptorIn(result)?.fd === 10);
  for (const call of calls.slice(at + 1)) {
    files.follow(call);
    if (call === moved) break;
  }
  expect(opened).toEqual({ target: CODE, reopenedFrom: undefined });
  expect(files.at(moved?.pid as number, moved?.result)).toBe(opened);
});

test("the children of dash have its files, and a copy that they close is still the parent's", () => {
  const { calls } = readStraceLog(logOf("dash"));
  const [birth] = calls.filter(({ name }) => name === "clone");
  const files = new OpenFiles(calls);
  for (const call of calls.slice(0, calls.indexOf(birth as never) + 1)) files.follow(call);
  const [parent, child] = [birth?.pid as number, Number(birth?.result)];
  const shown = `10<${[...Buffer.from(CODE)].map((byte) => `\\x${byte.toString(16)}`).join("")}>`;
  const file = files.at(parent, shown);
  expect(file?.target).toBe(CODE);
  expect(files.at(child, shown)).toBe(file);
  files.follow({ pid: child, name: "close", args: [shown], result: "0", began: 0, ended: 0 });
  expect(files.at(parent, shown)).toBe(file);
  expect(descendsFrom(file as never, file as never)).toBe(true);
});

test.each([
  "7 clone(child_stack=0xc00008e000, flags=0xd0f00 <unfinished ...>) = ?",
  "7 <... clone resumed> <unfinished ...>) = ?",
  "7 <... read resumed> <unfinished ...>)    = ?",
])("a call that a thread was in when its process ended is no call: %s", (line) => {
  expect(readStraceLog(`${line}\n`)).toEqual({ calls: [], strange: [] });
});

describe("what is not a trace gives no verdict", () => {
  const inc = logOf("inc");
  const lines = inc.split("\n").slice(0, -1);
  const place = fc.nat(lines.length - 1);
  const joined = (all: readonly string[]) => `${all.join("\n")}\n`;
  /** The verdicts of a log that strace could not have written. */
  const garbage = fc
    .oneof(
      fc.string({ minLength: 1, unit: "binary" }),
      fc.constantFrom(
        "strace: Process 7 attached",
        "7 execveat(",
        "7 execveat(3",
        'execveat(3, "", NULL, NULL, 0x11000) = 0',
        '7 execveat(3<\\x2f>, "", ["\\x61"], [], 0x11000) ',
        "7 <... execveat resumed>) = 0",
      ),
    )
    .map((text) => text.replaceAll("\n", " "))
    .filter((text) => text !== "");

  const isNoVerdict = (log: string) => {
    const events = read(log);
    expect(events.strange).toBeDefined();
    expect(new Set(verdicts(events))).toEqual(new Set(["skipped"]));
  };

  test("a strange line among the others", () => {
    fc.assert(
      fc.property(place, garbage, (at, line) => isNoVerdict(joined(lines.toSpliced(at, 0, line)))),
      { numRuns: 100 },
    );
  });

  test("a line that is cut off", () => {
    fc.assert(
      fc.property(place, fc.double({ min: 0, max: 1, noNaN: true }), (at, part) => {
        const line = lines[at] as string;
        // A line that ends before the result is not a call. A number that was cut is still a number.
        const end = Math.max(line.lastIndexOf(") "), 1);
        isNoVerdict(joined(lines.with(at, line.slice(0, 1 + Math.floor(part * (end - 1))))));
      }),
      { numRuns: 100 },
    );
  });

  test("a log that is cut off within a line", () => {
    fc.assert(
      fc.property(fc.nat(inc.length - 2), (at) => {
        fc.pre(inc[at] !== "\n");
        isNoVerdict(inc.slice(0, at + 1));
      }),
      { numRuns: 100 },
    );
  });

  test("a line in which something is overwritten", () => {
    fc.assert(
      fc.property(
        place,
        fc.nat(),
        fc
          .string({
            minLength: 1,
            maxLength: 9,
            unit: fc.constantFrom("\0", "%", "!", ";", "ÿ", '"', "\\", "<"),
          })
          // An empty string in an argument's place is an argument.
          .filter((text) => !text.includes('""')),
        (at, where, text) => {
          const line = lines[at] as string;
          const from = where % line.length;
          const garbled = line.slice(0, from) + text + line.slice(from + text.length);
          fc.pre(garbled !== line);
          isNoVerdict(joined(lines.with(at, garbled)));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("an empty log", () => isNoVerdict(""));
});
