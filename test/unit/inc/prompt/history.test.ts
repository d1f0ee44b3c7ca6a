/** The history's file: where it is, what it keeps, and what is not written to it. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { historySearch, openHistory } from "../../../../src/inc/prompt/history.ts";
import { makeFile, temporaryFolder } from "../../../support/files.ts";

test("stands in the user's state folder, or else in the home", () => {
  const [state, home] = [temporaryFolder(), temporaryFolder()];
  openHistory({ XDG_STATE_HOME: state, HOME: home }).add("one");
  openHistory({ XDG_STATE_HOME: "no/absolute/path", HOME: home }).add("two");
  openHistory({ HOME: home }).add("three");
  expect(readFileSync(join(state, "inc/history"), "utf8")).toBe("one\n");
  expect(readFileSync(join(home, ".local/state/inc/history"), "utf8")).toBe("two\nthree\n");
});

test.each([
  ["no folder is named", {}],
  ["the home is no absolute path", { HOME: "home" }],
  ["the folder's name was no UTF-8", { XDG_STATE_HOME: "/tmp/caf\ufffd" }],
])("where %s, lines live as long as the session", (_, environment) => {
  const history = openHistory(environment);
  history.add("print 1");
  history.add("print 2");
  expect(history.lines).toEqual(["print 2", "print 1"]);
  expect(openHistory(environment).lines).toEqual([]);
  expect(existsSync("/tmp/caf\ufffd")).toBe(false);
});

test("takes no empty line, and none that could do something to a terminal", () => {
  const environment = { XDG_STATE_HOME: temporaryFolder() };
  const history = openHistory(environment);
  for (const line of ["", "  ", "print 1\x1b[2J", "print 2"]) history.add(line);
  expect(history.lines).toEqual(["print 2"]);
  expect(openHistory(environment).lines).toEqual(["print 2"]);
});

test("keeps the last thousand lines, and cuts the file when it has more than twice as many", () => {
  const environment = { XDG_STATE_HOME: temporaryFolder() };
  mkdirSync(join(environment.XDG_STATE_HOME, "inc"));
  const file = join(environment.XDG_STATE_HOME, "inc/history");
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `print ${from + i}\n`).join("");

  makeFile(file, 0o600, lines(0, 2000));
  expect(openHistory(environment).lines).toHaveLength(1000);
  expect(readFileSync(file, "utf8")).toBe(lines(0, 2000));

  makeFile(file, 0o600, lines(0, 2001));
  const { lines: kept } = openHistory(environment);
  expect([kept[0], kept.at(-1), kept.length]).toEqual(["print 2000", "print 1001", 1000]);
  expect(readFileSync(file, "utf8")).toBe(lines(1001, 2001));
});

test("a search finds older lines that hold what was typed, one by one, until another key ends it", () => {
  const find = historySearch(["print 3", "let a = 1", "print 2", "print 1"]);
  expect(find("pri", true)).toBe("print 3");
  expect(find("print 3", true)).toBe("print 2");
  expect(find("print 2", true)).toBe("print 1");
  expect(find("print 1", true)).toBe(undefined);
  expect(find("print 1x", false)).toBe(undefined);
  expect(find("let", true)).toBe("let a = 1");
});
