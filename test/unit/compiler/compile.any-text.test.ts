// biome-ignore-all lint/suspicious/noTemplateCurlyInString: text that tries to get out of its place.
/** Any text gives a result or an error with a place, and no text of a script gets into generated code. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { HANDED, HELPER, UNIT_HELPER } from "../../../src/compiler/abi.ts";
import { compile } from "../../../src/compiler/compile.ts";
import type { UnitKind } from "../../../src/compiler/unit.ts";
import { renderDiagnostic } from "../../../src/diagnostics/render-diagnostic.ts";
import { tokenize } from "../../../src/lexer/tokenize.ts";
import { ALL_TOKENS } from "../../../src/lexer/tokens.ts";
import { parse } from "../../../src/parser/parse.ts";
import { createBuiltins } from "../../../src/runtime/builtins/builtins.ts";
import type { World } from "../../../src/runtime/world.ts";
import { memoryWorld, source } from "../../support/in-process.ts";
import { anyStatement, printSource } from "../../support/print-source.ts";

const words = ALL_TOKENS.flatMap(({ PATTERN }) =>
  PATTERN instanceof RegExp && /^[a-z]+$/.test(PATTERN.source) ? [PATTERN.source] : [],
);
const PIECES = [
  ...[
    ...words,
    "fn f(",
    "x",
    "y",
    "len",
    "push",
    "counter",
    "eval(",
    '"',
    "\\",
    "\n",
    "\r\n",
    "#",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
  ],
  ...[
    "+",
    "-",
    "*",
    "/",
    "%",
    "?",
    "=",
    "==",
    "<",
    ">=",
    ",",
    ":",
    ";",
    ".",
    " ",
    "0",
    "1",
    "9223372036854775807",
    '"a"',
    "é",
    "\u{1f600}",
    "'",
    "$",
  ],
  ...[
    "import",
    "let x = ",
    "print ",
    "if true {",
    "} else {",
    "for x in [1] {",
    "return 1",
    "fn (a) {",
    "range(3)",
    "\t",
    "\u200b",
  ],
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((parts) => parts.join(" "));
const anything = fc.oneof(
  soup,
  soup,
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(anyStatement, { maxLength: 3 }).map(printSource),
);

/** Wording of the parser's library, which users should not see. */
const CHEVROTAIN = /Expecting|NoViable|Mismatched|Redundant|EarlyExit|but found|-->|something else/;

/** An endless loop is allowed, but a test cannot wait for it. */
function mayLoop(text: string): boolean {
  return /while|fn|range/.test(text);
}

test("any text runs to its end, or gives an error with a place in the text", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const { interpreter } = memoryWorld({ input: "5 x", files: { a: "let b = 1" } });
      const program = source(text.toWellFormed());
      if (mayLoop(text)) {
        for (const { span, message, hint } of interpreter.check(program)) {
          expect(span.end).toBeLessThanOrEqual(program.text.length);
          expect(`${message} ${hint}`).not.toMatch(CHEVROTAIN);
        }
        return;
      }
      const outcome = interpreter.run(program);
      expect(["done", "failed", "exit"]).toContain(outcome.kind);
      for (const problem of outcome.kind === "failed" ? outcome.problems : []) {
        const { start, end } = problem.span;
        expect(start >= 0 && start <= end && end <= problem.source.text.length, program.text).toBe(true);
        expect(`${problem.message} ${problem.hint}`).not.toMatch(CHEVROTAIN);
        expect(renderDiagnostic(problem)).toMatch(/^[^\n]+:[0-9]+:[0-9]+: error: [^\n]+\n/);
      }
    }),
    { numRuns: 4000 },
  );
});

/** All that generated code is made of: it has words of the runtime, and nothing of the script. */
const ALPHABET = new RegExp(
  `^(?:${[
    ...[
      "\\n/\\*\\d+ \\d+(?: \\d+)?\\*/",
      "\\n/\\*caller\\*/",
      '"use strict"',
      '"number"',
      '"function"',
      "\\(-\\d+\\)",
      "-?\\d+",
    ],
    ...[
      "[vtfbaixl]\\d+",
      "g(?= ?\\()",
      `[${Object.keys(HANDED).join("")}de]\\b`,
      "[ (){}\\[\\];,:.?!]",
      "===|!==|<=|>=|&&|\\|\\||\\+\\+|\\+=|[-+*/%<>=]",
    ],
    ...["function|return|const|let|var|if|else|while|for|break|continue|typeof|true|false|null|undefined"],
    ...["length|start|count|step|wide|counter|push|more"],
    ...[...Object.keys(HELPER), ...Object.keys(UNIT_HELPER)].map((name) => `${name}\\b`),
  ].join("|")})*$`,
);

const names = createBuiltins({ args: [] } as unknown as World).names;

function generated(text: string, kind: UnitKind): string | undefined {
  const program = source(text);
  const parsed = parse(program, tokenize(program));
  const result = parsed.ok ? compile(program, parsed.program, kind, names) : undefined;
  return result?.ok ? result.unit.text : undefined;
}

/** Text that would do something if it became code. */
const EVIL = [
  ...[
    "`${process.exit(66)}`",
    "*/process.exit(66)/*",
    "\n;process.exit(66);//",
    "');process.exit(66);('",
    "\u2028process.exit(66)",
  ],
  ...[
    "</script>",
    "${1}",
    "constructor",
    "__proto__",
    "c[0]",
    "prototype",
    "\\u{2f}",
    '"+process.exit(66)+"',
  ],
];

test("generated code is made of its alphabet, whatever the script says", () => {
  const text = fc.oneof(fc.constantFrom(...EVIL), fc.string({ maxLength: 20 })).map((value) =>
    JSON.stringify(value)
      .replace(/\\u([0-9a-f]{4})/g, "?")
      .replace(/\\[bf]/g, "?"),
  );
  const name = fc.constantFrom(
    "constructor",
    "__proto__",
    "prototype",
    "arguments",
    "process",
    "k",
    "v1",
    "t0",
    "toString",
    "undefined",
    "await",
    "yield",
    "null",
    "g",
    "f0",
  );
  const program = fc
    .tuple(text, name, text, fc.constantFrom<UnitKind>("main", "module", "eval", "prompt"))
    .map(([a, n, b, kind]) => ({
      kind,
      text: `let ${n} = ${a}\nfn ${n}_(${n}) { print ${n} + ${b}, {${a}: ${n}}, [${b}] ; return ${n} }\n${n}_(${n})\n${n} = fn (x) { for ${n} in x { ${n} = -x } ; return eval(${a}) }\nif ${n} == ${b} or not ${n} { counter = 3 } else if 1 < ${n} { + } else { ? }\nimport ${a} as m\nprint m.${n}, ${n}[${b}]\n${n}(1)`,
    }));
  let made = 0;
  fc.assert(
    fc.property(program, ({ text: code, kind }) => {
      const js = generated(code, kind);
      if (js === undefined) return;
      made++;
      expect(js).toMatch(ALPHABET);
    }),
    { numRuns: 500 },
  );
  expect(made).toBeGreaterThan(300);
});

test("what generated code calls by a name is what has that name", () => {
  for (const names of [HANDED, HELPER, UNIT_HELPER])
    for (const [name, code] of Object.entries(names)) expect(String(code)).toBe(name);
});

test("the alphabet is not everything", () => {
  for (const text of ["process", '"a"', "`", "$", "\\", "'", "/*a*/", "eval", "v", "Function", "\n"])
    expect(text).not.toMatch(ALPHABET);
});

test("a script's text stays text", () => {
  for (const text of EVIL) {
    const literal = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    const { interpreter, output } = memoryWorld();
    expect(
      interpreter.run(source(`let m = {"${literal}": 1}\nprint "${literal}" ; print has(m, "${literal}")`))
        .kind,
    ).toBe("done");
    expect(output.text).toBe(`${text}\ntrue\n`);
  }
});
