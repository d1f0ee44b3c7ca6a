/** Facts that are stated once: each has a file, and no other states it. */
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { HANDED, HELPER, UNIT_HELPER } from "../../src/compiler/abi.ts";
import { sources } from "../unit/program/sources.ts";

const SOURCES = sources();

test.each([
  ["the bounds of an integer", /\b6[34]n\b|9_?223_?372/, "src/values/integer.ts"],
  ["what helps where a number is beyond them", /integers go from/, "src/values/integer.ts"],
  ["where koffi's addon is", /koffi-linux/, "src/linux/addon.ts"],
  ["what to do on EAGAIN", /"EAGAIN"/, "src/linux/retry-on-eagain.ts"],
  ["how a sentence is said", /\bfunction say\b/, "src/program/output.ts"],
  ["which bits are the exec bits", /SECBIT_EXEC_\w+ = /, "src/linux/uapi.ts"],
  ["the number of execveat", /\b(322|281)\b/, "src/linux/uapi.ts"],
])("%s", (_, pattern, file) => {
  expect(SOURCES.filter(({ code }) => pattern.test(code)).map((each) => each.file)).toEqual([file]);
});

test("the names that generated code uses: no template spells one", () => {
  const names = Object.keys({ ...HANDED, ...HELPER, ...UNIT_HELPER });
  expect(names.length).toBeGreaterThan(30);
  const spelt = new RegExp(`(?<![.\\w])(?:${names.join("|")})(?=[.(\\[])`);
  const found: string[] = [];
  for (const { file, code } of SOURCES.filter(({ file }) => file.startsWith("src/compiler/")))
    new Visitor({
      TaggedTemplateExpression({ quasi }) {
        const texts = quasi.quasis.map(({ value }) => value.raw).filter((text) => spelt.test(text));
        found.push(...texts.map((text) => `${file}: ${text}`));
      },
    }).visit(parseSync(file, code).program);
  expect(found.filter((each) => !each.startsWith("src/compiler/abi.ts: "))).toEqual([]);
});
