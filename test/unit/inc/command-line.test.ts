import { describe, expect, test } from "vitest";
import { type Command, parseCommandLine } from "../../../src/inc/command-line.ts";

const b = (text: string) => Buffer.from(text, "latin1");
const parsed = (...args: string[]): Command => parseCommandLine(args.map(b));
const file = (path: string) => ({ from: "path", path: b(path) });
const code = (text: string) => ({ from: "snippet", name: "-c", text: b(text) });
const stdin = { from: "stdin" };

describe("where the script is", () => {
  test.each<[string[], object, string[]]>([
    [[], stdin, []],
    [["-"], stdin, []],
    [["-", "-n"], stdin, ["-n"]],
    [["s.inc"], file("s.inc"), []],
    [["s.inc", "-c", "--"], file("s.inc"), ["-c", "--"]],
    [["--", "-n"], file("-n"), []],
    [["--", "-", "a"], stdin, ["a"]],
    [["--"], stdin, []],
    [[""], file(""), []],
    [["-i"], stdin, []],
    [["-i", "a", "-n"], stdin, ["a", "-n"]],
    [["-i", "--", "-a"], stdin, ["-a"]],
    [["-c", "+"], code("+"), []],
    [["-c", "+", "-i", "--"], code("+"), ["-i", "--"]],
    [["-c", "--help"], code("--help"), []],
    [["-c", ""], code(""), []],
    [["-c+"], code("+"), []],
    [["-c+\xe9", "a"], code("+\xe9"), ["a"]],
    [["caf\xe9"], file("caf\xe9"), []],
  ])("%j", (args, script, its) => {
    expect(parsed(...args)).toEqual({ do: "run", script, args: its.map(b) });
  });
});

describe("what to do with it", () => {
  test.each<[string[], string, object]>([
    [["-n", "s"], "check", file("s")],
    [["--check", "-n", "s"], "check", file("s")],
    [["-ni"], "check", stdin],
    [["-nc", "+"], "check", code("+")],
    [["--ast", "s"], "ast", file("s")],
    [["--explain", "-c", "+"], "explain", code("+")],
  ])("%j", (args, act, script) => {
    expect(parsed(...args)).toEqual({ do: act, script, args: [] });
  });

  test.each([
    ["--help", "help"],
    ["-h", "help"],
    ["--version", "version"],
    ["--status", "status"],
  ])("%s", (option, act) => {
    expect(parsed(option)).toEqual({ do: act });
    expect(parsed("-i", option, "rest")).toEqual({ do: act });
  });
});

describe("wrong usage", () => {
  test.each<[string[], object]>([
    [["-x"], { is: "unknown option", option: b("-x") }],
    [["-nx", "s"], { is: "unknown option", option: b("-nx") }],
    [["--chek"], { is: "unknown option", option: b("--chek") }],
    [["--caf\xe9"], { is: "unknown option", option: b("--caf\xe9") }],
    [["-c"], { is: "no code" }],
    [["-n", "-c"], { is: "no code" }],
    [["-i", "-c", "+"], { is: "options exclude each other", options: ["-c", "-i"] }],
    [["-ic", "+"], { is: "options exclude each other", options: ["-c", "-i"] }],
    [["-n", "--ast", "s"], { is: "options exclude each other", options: ["-n", "--ast"] }],
  ])("%j", (args, about) => {
    expect(parsed(...args)).toEqual({ do: "complain", about });
  });
});
