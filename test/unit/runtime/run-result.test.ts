/** How a run ends when the output fails, at the host's own limits, and with errors that are not the program's. */
import { expect, test } from "vitest";
import type { Input } from "../../../src/runtime/input.ts";
import { createInterpreter } from "../../../src/runtime/interpreter.ts";
import { OutputClosed, OutputFailed } from "../../../src/runtime/output.ts";
import type { World } from "../../../src/runtime/world.ts";
import { source } from "../../support/in-process.ts";

/** Runs a program in a world where these things fail. */
function runIn(text: string, failing: { read?: () => never; flush?: () => void; load?: () => never }) {
  const nothing = () => undefined;
  const read = failing.read;
  const input: Input = { peek: read ?? nothing, skip: nothing, take: read ?? (() => new Uint8Array()) };
  const output = { write: nothing, flush: failing.flush ?? nothing };
  const none = () => {
    throw new Error("there is nothing here");
  };
  const world: World = {
    args: [],
    env: () => undefined,
    output,
    errors: { write: nothing, flush: nothing },
    input,
    readData: failing.load ?? none,
    loadModule: failing.load ?? none,
  };
  return createInterpreter(world).run(source(text));
}

const throws = (thrown: () => unknown) => () => {
  throw thrown();
};

test.each([
  ["nobody reads", () => new OutputClosed(), { kind: "output closed" }],
  [
    "it is full",
    () => new OutputFailed(new Error("full")),
    { kind: "output failed", error: new Error("full") },
  ],
] as const)("the output, where %s: at its end, and after an error", (_, thrown, outcome) => {
  expect(runIn("print 1\n", { flush: throws(thrown) })).toEqual(outcome);
  expect(runIn("print 1 / 0\n", { flush: throws(thrown) })).toEqual(outcome);
  expect(runIn("exit(3)\n", { flush: throws(thrown) })).toEqual(outcome);
});

test.each([
  ["Maximum call stack size exceeded", "calls nest too deep"],
  ["Invalid string length", "a value grows too large"],
  ["Invalid array length", "a value grows too large"],
  ["Map maximum size exceeded", "a value grows too large"],
])("the host's %s is an error of the script, at its place", (theirs, ours) => {
  const outcome = runIn("+\nlet a = read_line()\n", { read: throws(() => new RangeError(theirs)) });
  expect(outcome).toMatchObject({ kind: "failed", problems: [{ message: ours, span: { start: 10 } }] });
});

test.each([
  ["a RangeError of another kind", () => new RangeError("Invalid time value")],
  ["an error of our own making", () => new TypeError("x is not a function")],
])("%s is thrown on", (_, thrown) => {
  expect(() => runIn("let a = read_line()\n", { read: throws(thrown) })).toThrow(thrown().message);
  expect(() => runIn('let a = read_file("x")\n', { load: throws(thrown) })).toThrow(thrown().message);
  expect(() => runIn('import "x.inc"\n', { load: throws(thrown) })).toThrow(thrown().message);
});
