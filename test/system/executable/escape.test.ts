/** Scripts that look for a way out of the language into JavaScript. */
import { describe, expect, test } from "vitest";
import { INC } from "../../support/programs.ts";
import { makeDen } from "./den.ts";
import { observe } from "./observe.ts";

/** What every JavaScript object has. */
const INHERITED = ["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "__defineGetter__"];

/** Names that generated functions could reach. */
const OF_THE_HOST = ["process", "require", "globalThis", "arguments", "Function", "k", "u", "e", "c"];

const run = (script: string) => observe(makeDen(), { argv: [INC, "-c", script] });

test.each(INHERITED)("%s is a name, a key and a variable like any other", async (name) => {
  const script = [
    `print env("${name}"), has({}, "${name}")`,
    `let map = {}\nmap["${name}"] = {"x": 1}\nprint has(map, "x"), has({}, "x"), map`,
    `let ${name} = 7\nprint ${name}`,
  ];
  const { gains, status, stdout, stderr } = await run(script.join("\n"));
  const prints = `nil false\nfalse false {"${name}": {"x": 1}}\n7\n`;
  expect({ gains, status, stdout, stderr }).toEqual({ gains: [], status: 0, stdout: prints, stderr: "" });
});

const REFUSED: readonly [script: string, error: string][] = [
  ...OF_THE_HOST.map((name): [string, string] => [`print ${name}`, `\`${name}\` is not declared`]),
  ['print eval("process")', "`process` is not declared"],
  ['print {}["constructor"]', "has no key"],
  ['print [1]["constructor"]', "must be an integer, not a string"],
  ["print len.constructor", "a function has no names"],
  ['print "".constructor', "a string has no names"],
  ['let a = [1]\na["length"] = 0', "must be an integer, not a string"],
  ["let a = [1]\na[4294967295] = 0", "is outside a list"],
  ['print range(1, {"valueOf": 3})', "takes integers, not a map"],
  ['print env("constructor")("return process")', "nil cannot be called"],
  ['import "node:fs" as fs', "node:fs: cannot open: ENOENT"],
  ['import "./payload.cjs" as payload', "payload.cjs:"],
  ['import "data:text/javascript,1" as data', "cannot open: ENOENT"],
];

describe("an error, and no more", () => {
  test.each(REFUSED)("%s", async (script, error) => {
    const { gains, status, stdout, stderr } = await run(script);
    expect({ gains, status, stdout }).toEqual({ gains: [], status: 1, stdout: "" });
    expect(stderr).toContain(error);
    expect(stderr).not.toContain("internal error");
  });
});
