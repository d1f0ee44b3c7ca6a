/** All sentences of a program stand in its messages.ts, and all that it writes goes through output.ts. */
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { message } from "../../../src/program/message.ts";
import { cannotWrite, internalError } from "../../../src/program/messages.ts";
import { say } from "../../../src/program/output.ts";
import { sources } from "./sources.ts";

test("what is said has the type of a message", () => {
  // @ts-expect-error: a text made anywhere.
  const never = () => say(2, "a sentence\n");
  expect(never).toBeTypeOf("function");
  expect(message("a sentence\n")).toBe("a sentence\n");
});

test("only a file called messages.ts makes one", () => {
  const makers = sources().filter(({ code }) =>
    /\bmessage\b[^;]*from "[^"]*\/message\.ts"|\bas Message\b/.test(code),
  );
  const names = makers.map(({ file }) => file).filter((file) => file !== "src/program/message.ts");
  expect(names).not.toEqual([]);
  expect([...new Set(names.map((file) => basename(file)))]).toEqual(["messages.ts"]);
  // One a program.
  expect(names.map((file) => dirname(file))).toEqual([...new Set(names.map((file) => dirname(file)))]);
});

test("what programs write to their standard streams goes through output.ts", () => {
  const writes = sources().filter(({ code }) =>
    /\b(stdout|stderr)\.write\b|\bconsole\.|writeSync\([12]\b/.test(code),
  );
  expect(writes.map(({ file }) => file)).toEqual([]);
});

test("a fault of the program's own is told with its place", () => {
  expect(internalError("inc", new Error("a fault"))).toMatch(
    /^inc: internal error: Error: a fault\n {4}at .*\n$/s,
  );
  expect(internalError("inc", "thrown")).toBe("inc: internal error: thrown\n");
});

test("an output that fails without an errno is told in its own words", () => {
  expect(cannotWrite("inc", new Error("the stream is gone"))).toBe(
    "inc: cannot write to standard output: the stream is gone\n",
  );
});
