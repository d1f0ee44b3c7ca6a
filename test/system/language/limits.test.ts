/** At each limit the program gives an error with its place in the script, or none, and does not crash. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, UNHARDENED_INC } from "../../support/programs.ts";
import { type RunOptions, run, shell } from "../../support/run.ts";

interface Result {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** `line:column: message` of the first error. */
  readonly error: string | undefined;
}

async function runs(
  text: string,
  command: readonly string[] = [INC],
  options: RunOptions = {},
): Promise<Result> {
  const script = makeFile(join(temporaryFolder(), "s.inc"), 0o755, text);
  const { status, signal, stdout, stderr } = await run([...command, script], options);
  const [first = ""] = stderr.split("\n", 1);
  const error = first.startsWith(`${script}:`) ? first.slice(script.length + 1) : first;
  return { status, signal, stdout, error: error.replace(": error: ", ": ") || undefined };
}

const failed = (error: string | RegExp) => ({
  status: 1,
  signal: null,
  stdout: "",
  error: typeof error === "string" ? error : expect.stringMatching(error),
});
const gives = (stdout: string) => ({ status: 0, signal: null, stdout, error: undefined });

const DEEP = 100_000;
const nested = (before: string, inside: string, after: string) =>
  `${before.repeat(DEEP)}${inside}${after.repeat(DEEP)}\n`;

describe("nesting of 100,000", () => {
  test.each([
    ["parentheses", `print ${nested("(", "1", ")")}`, "1:107"],
    ["parentheses that stay open", `print ${nested("(", "", "")}`, "1:107"],
    ["lists", `print ${nested("[", "", "]")}`, "1:107"],
    ["maps", `print ${nested("{1: ", "1", "}")}`, "1:407"],
    ["indexes", `let a = [0]\nprint ${nested("a[", "0", "]")}`, "2:208"],
    ["arguments", `print ${nested("str(", "1", ")")}`, "1:410"],
    ["unary minus", `print ${nested("-", "1", "")}`, "1:107"],
    ["not", `print ${nested("not ", "true", "")}`, "1:407"],
    ["function expressions", `print ${nested("fn () { return ", "1", "}")}`, "1:1513"],
    ["function declarations", nested("fn f() { ", "", "}"), "1:908"],
    ["blocks", nested("if true { ", "", "}"), "1:1009"],
    ["loops", nested("while true { ", "", "}"), "1:1312"],
  ])("%s", async (_, text, place) => {
    expect(await runs(text)).toEqual(failed(`${place}: this nests deeper than 100 levels`));
  });
});

describe("chains", () => {
  const chain = (part: string, between: string, count: number) => new Array(count).fill(part).join(between);

  test("1+1+… of a million terms", { timeout: 600_000 }, async () => {
    expect(await runs(`print ${chain("1", "+", 1_000_000)}\n`)).toEqual(gives("1000000\n"));
  });

  test.each([
    ["-", `print ${chain("1", " - ", DEEP)}\n`, gives("-99998\n")],
    ["and", `print ${chain("true", " and ", DEEP)}\n`, gives("true\n")],
    ["or with and", `print ${chain("false", " and true or ", DEEP)}\n`, gives("false\n")],
    ["<", `print ${chain("1", " < ", DEEP)}\n`, failed("1:13: comparisons do not chain: unexpected `<`")],
    [
      ".b",
      `let a = nil\nprint a${".b".repeat(DEEP)}\n`,
      failed("2:9: nil has no names: `.b` reads a name of a module"),
    ],
    ["()", `fn f() { return f }\nprint f${"()".repeat(DEEP)}\n`, gives("fn f\n")],
    ["[0]", `let a = [0]\na[0] = a\nprint a${"[0]".repeat(DEEP)}\n`, gives("[[...]]\n")],
    ["[0] =", `let a = [0]\na[0] = a\na${"[0]".repeat(DEEP)} = 1\nprint a\n`, gives("[1]\n")],
    [
      "else if",
      `let x = ${DEEP}\nif x == 0 { }${Array.from({ length: DEEP }, (_, i) => ` else if x == ${i + 1} { print ${i} }`).join("")}\n`,
      gives("99999\n"),
    ],
  ])("%s, 100,000 times", async (_, text, expected) => {
    expect(await runs(text)).toEqual(expected);
  });
});

describe("recursion without end", () => {
  const wide = Array.from({ length: 255 }, (_, i) => `a${i}`).join(", ");

  test.each([
    ["direct", "fn f() { f() }\nf()\n", "1:10"],
    ["mutual", "fn f(n) { return g(n) + 1 }\nfn g(n) { return f(n) }\nf(0)\n", /^[12]:18/],
    ["of a function in a list", "let l = [nil]\nl[0] = fn (x) { return l[0](x) + 1 }\nl[0](1)\n", "2:24"],
    ["of a function in a map", 'let m = {}\nm["f"] = fn (x) { return [m["f"](x)] }\nm["f"](1)\n', "2:27"],
    ["as an argument", "fn f(g) { return g(g) }\nf(f)\n", "1:18"],
    ["in a condition", "fn f(n) { return n == -1 or f(n + 1) and true }\nf(0)\n", "1:29"],
    ["with 255 arguments", `fn f(${wide}) { return f(${wide}) }\nf(${new Array(255).fill(1)})\n`, /^1:/],
    [
      "under 90 calls",
      `fn g(a) { return a }\nfn f() { return ${"g(".repeat(90)}f()${")".repeat(90)} }\nf()\n`,
      /^2:/,
    ],
    ["in 90 loops", `fn f() { ${"for i in [1] { ".repeat(90)}f()${"}".repeat(90)} }\nf()\n`, /^1:/],
    [
      "that evaluates as it goes",
      'fn f() { eval("fn g() { return [[[[[[[[1]]]]]]]] }\\ng()"); f() }\nf()\n',
      /^1:/,
    ],
  ])("%s", async (_, text, place) => {
    const error = typeof place === "string" ? `${place}: calls nest too deep` : expect.stringMatching(place);
    const outcome = await runs(text);
    expect(outcome).toEqual({ status: 1, signal: null, stdout: "", error });
    expect(outcome.error).toMatch(/: calls nest too deep$/);
  });

  test("through eval", async () => {
    const text =
      'fn q(s) { return "\\"" + join(split(join(split(s, "\\\\"), "\\\\\\\\"), "\\""), "\\\\\\"") + "\\"" }\nlet s = "fn f(s, q, me) { return eval(me)(s, q, me) }\\nf"\neval(s)(s, q, s)\n';
    expect(await runs(text)).toEqual(failed(/: calls nest too deep$/));
  });

  test("through a module", async () => {
    const folder = temporaryFolder();
    makeFile(join(folder, "m.inc"), 0o755, "fn f(g) { return g(g) }\n");
    const main = makeFile(
      join(folder, "main.inc"),
      0o755,
      'import "m.inc"\nfn g(h) { return m.f(h) }\nm.f(g)\n',
    );
    const { status, stderr } = await run([INC, main]);
    expect([status, stderr.split("\n", 1)[0]]).toEqual([
      1,
      expect.stringMatching(/^\S+:[12]:\d+: error: calls nest too deep$/),
    ]);
  });

  test("at the end of a long script, whose trace does not take for ever", async () => {
    const text = `let x = 0\n${"x = x + 1\n".repeat(20_000)}fn f() { f() }\nf()\n`;
    expect(await runs(text)).toEqual(failed("20002:10: calls nest too deep"));
  });

  test("with the smallest stack that the documentation names", async () => {
    const small = ["prlimit", `--stack=${1024 * 1024}`, INC];
    const text = `fn g(a, b) { return a }\nfn f(n) { return ${"g(n, ".repeat(90)}f(n)${")".repeat(90)} }\nf(0)\n`;
    expect(await runs(text, small)).toEqual(failed(/^2:\d+: calls nest too deep$/));
    expect(await runs(`print ${nested("(", "1", ")")}`, small)).toEqual(failed(/: this nests deeper/));
  });
});

describe("large texts", () => {
  const MB10 = 10_000_000;

  test.each([
    [
      "a line of 10 MB",
      `let s = 0${";\ts = 1".repeat(MB10 / 100)} ; ${" ".repeat(MB10)} print s\n`,
      gives("1\n"),
    ],
    ["a string of 10 MB", `print len("${"a".repeat(MB10)}")\n`, gives("10000000\n")],
    ["a string of 10 MB of escapes", `print len("${"\\n".repeat(MB10 / 2)}")\n`, gives("5000000\n")],
    [
      "a string of 10 MB that stays open",
      `print "${"a".repeat(MB10)}\n`,
      failed("1:7: this string is not closed"),
    ],
    ["a comment of 10 MB", `#${"a".repeat(MB10)}\nprint 1\n`, gives("1\n")],
    ["a name of 10 MB", `let ${"a".repeat(MB10)} = 1\nprint ${"a".repeat(MB10)}\n`, gives("1\n")],
    [
      "an unknown name of 10 MB",
      `let ${"a".repeat(MB10)}b = 1\nprint ${"a".repeat(MB10)}\n`,
      failed(/^2:7: `a{1999}…$/),
    ],
    ["a number of 10 MB", `print ${"9".repeat(MB10)}\n`, failed("1:7: this integer is too large")],
    ["100,000 statements", `let x = 0\n${"x = x + 1\n".repeat(DEEP)}print x\n`, gives("100000\n")],
    [
      "100,000 functions",
      `${Array.from({ length: DEEP }, (_, i) => `fn f${i}() { return ${i} }\n`).join("")}print f99999()\n`,
      gives("99999\n"),
    ],
    [
      "100,000 variables in a function",
      `fn f() {\n${Array.from({ length: DEEP }, (_, i) => `let x${i} = 1\n`).join("")}}\nf()\n`,
      failed("1:1: this function has more than 10000 variables"),
    ],
    [
      "100,000 variables in a block",
      `if true {\n${Array.from({ length: DEEP }, (_, i) => `let x${i} = 1\n`).join("")}}\n`,
      failed("1:1: the blocks of the top level have more than 10000 variables"),
    ],
    [
      "100,000 parameters",
      `fn f(${Array.from({ length: DEEP }, (_, i) => `a${i}`)}) { }\n`,
      failed(/^1:688895: more than 255 parameters$/),
    ],
    [
      "100,000 arguments",
      `eprint(${new Array(DEEP).fill(1)})\n`,
      failed("1:200007: more than 255 arguments"),
    ],
    [
      "100,000 values to print",
      `print ${new Array(DEEP).fill(1)}\n`,
      gives(`${new Array(DEEP).fill(1).join(" ")}\n`),
    ],
    ["a list of 100,000", `print len([${new Array(DEEP).fill("[1]")}])\n`, gives("100000\n")],
  ])("%s", async (_, text, expected) => {
    expect(await runs(text)).toEqual(expected);
  });

  test.each([
    ["syntax", "let = 1\n"],
    ["names", "print abcdef\n"],
    ["declarations", "let a = 1\n"],
  ])("100,000 errors of %s are as good as twenty", async (_, line) => {
    const script = makeFile(join(temporaryFolder(), "s.inc"), 0o755, line.repeat(DEEP));
    const { status, stderr } = await run([INC, script]);
    expect([status, stderr.match(/: error: /g)?.length]).toEqual([1, 20]);
  });

  test.each([
    ["as a path", '"$1" big.inc', "big.inc"],
    ["on standard input", '"$1" -i <big.inc', "standard input"],
    ["through a pipe", 'cat big.inc | "$1"', "standard input"],
  ])("a script of 100 MB is refused by its size, %s", async (_, command, name) => {
    const make = "head -c 100000000 /dev/zero | tr '\\0' '#' >big.inc; ";
    const { status, stdout, stderr } = await shell(make + command, [INC], { cwd: temporaryFolder() });
    const complaint = `inc: ${name}: too large: code may have at most 33554432 bytes\n`;
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: complaint });
  });

  test("a module of 100 MB is an error at its import", async () => {
    const make =
      "head -c 100000000 /dev/zero | tr '\\0' '#' >big.inc; printf 'print 1\\nimport \"big.inc\"\\n' >m.inc; ";
    const { status, stdout, stderr } = await shell(`${make}"$1" m.inc`, [INC], { cwd: temporaryFolder() });
    expect([status, stdout, stderr.split("\n", 1)[0]]).toEqual([
      1,
      "1\n",
      "m.inc:2:1: error: big.inc: too large: code may have at most 33554432 bytes",
    ]);
  });
});

describe("deep values", () => {
  const deep = (kind: string, rest: string) =>
    `let a = nil\nlet i = 0\nwhile i < 1000000 { a = ${kind}\ni = i + 1 }\n${rest}\n`;

  test.each([
    ["a list prints", deep("[a]", "print len(str(a)), a == a, a == [a]"), gives("2000003 true false\n")],
    ["a map prints", deep('{"k": a}', "print len(str(a))"), gives("7000003\n")],
    [
      "a list is looked for and joined",
      deep("[a]", 'print find([1, a], a)\nprint join(a, "")'),
      { ...failed("6:7: `join` takes a list of strings: element 0 is a list"), stdout: "1\n" },
    ],
  ])("%s", async (_, text, expected) => {
    expect(await runs(text)).toEqual(expected);
  });
});

describe("values that grow without end", () => {
  test.each([
    [
      "a string",
      'let s = "x"\nwhile true { s = s + s }\n',
      "2:20: a string is at most 268435456 UTF-16 units long",
    ],
    [
      "a joined string",
      'let s = "x"\nlet i = 0\nwhile i < 26 { s = s + s ; i = i + 1 }\njoin([s, s, s], s)\n',
      "4:1: a string is at most 268435456 UTF-16 units long",
    ],
    [
      "a printed line",
      'let s = "x"\nlet i = 0\nwhile i < 28 { s = s + s ; i = i + 1 }\nprint s, s, s, s\n',
      "4:1: a value grows too large",
    ],
    ["a range", "range(1000000000)\n", "1:1: a list has at most 67108864 elements"],
    ["a data file", 'read_file("/dev/zero")\n', "1:1: a string is at most 268435456 UTF-16 units long"],
  ])("%s reaches its own limit", async (_, text, error) => {
    expect(await runs(text)).toEqual(failed(error));
  });

  test("so does a line of standard input", async () => {
    const reading = ["sh", "-c", 'exec "$0" "$1" </dev/zero', INC];
    expect(await runs("read_line()\n", reading)).toEqual(
      failed("1:1: a string is at most 268435456 UTF-16 units long"),
    );
  });

  /** The same program on a host that takes NODE_OPTIONS, with little memory: filling all of it would take minutes. */
  const little = { env: { NODE_OPTIONS: "--max-old-space-size=100" } };

  test("a long value is shown in little more memory than its text takes", async () => {
    const text = "let l = [1, 2]\nfor i in range(20) { l = [l, l] }\nprint len(str(l))\n";
    expect(await runs(text, [UNHARDENED_INC], little)).toEqual(gives("10485756\n"));
  });

  const setUp =
    'let k = []\nlet s = "x"\nlet i = 0\nwhile i < 20 { s = s + s ; i = i + 1 }\nlet l = range(100000)\nlet m = {}\nfor x in l { m[x] = x }\n';
  test.each([
    ["a list by push", "push(k, str(len(k)))"],
    ["a list by +", "push(k, l + l)"],
    ["literals", "push(k, [1, {1: 2}])"],
    ["a map", 'm["key " + str(len(m))] = 1'],
    ["large integers", "push(k, 9007199254740992 + len(k))"],
    ["strings by +", 's = s + "xyz"\npush(k, s + "y")'],
    ["strings by str", "push(k, str(l))"],
    ["closures", "let x = k\nk = fn () { return x }"],
    ["split", 'push(k, split(s, ""))'],
    ["join", 'push(k, join([s, str(len(k))], ""))'],
    ["slice", "push(k, slice(l, 1, 100000))"],
    ["keys", "push(k, keys(m))"],
    ["range", "push(k, range(100000))"],
    ["eval", 'push(k, eval("fn () { return 1 } # " + s))'],
    ["recursion", "fn f(a) { f(a + a) }\nf(l)"],
  ])("%s: out of memory is an error", async (_, body) => {
    const outcome = await runs(`${setUp}while true {\n${body}\n}\n`, [UNHARDENED_INC], little);
    expect(outcome).toEqual(failed(/^(?:9|10):\d+: out of memory: the values of this program take \d+ MB$/));
  });
});
