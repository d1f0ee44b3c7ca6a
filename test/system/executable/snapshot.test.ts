/** What was taken out of the executable's snapshot is out, is missed by nobody, and is looked for only where it was. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cutCodeCache } from "../../../packaging/cut-code-cache.ts";
import { fewerPlaces, lessOfLexer, smallerKeys } from "../../../packaging/slim-chevrotain.ts";
import { INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";

test("what the executable has lost is not taken out twice", () => {
  expect(() => cutCodeCache(readFileSync(INC))).toThrow("no code cache where one is expected");
});

test("a file that is laid out otherwise is not touched", () => {
  expect(() => cutCodeCache(readFileSync(process.execPath))).toThrow("no blob of a SEA");
  expect(() => cutCodeCache(Buffer.from("NODE_SEA_BLOB\0  "))).toThrow();
});

test("characters beyond Latin-1, which the table was for, are read as ever", async () => {
  const script = 'print len("aé😀漢"), "Ω"\n# ﷽ 🏴\nprint 漢 + 1\n';
  const { status, stdout, stderr } = await run([INC, "-c", script]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(":3:7: error:");
  const sound = await run([INC, "-c", script.replace("漢 + 1", "1")]);
  expect({ status: sound.status, stdout: sound.stdout }).toEqual({ status: 0, stdout: "4 Ω\n1\n" });
});

test("another chevrotain is not cut blindly", () => {
  for (const slim of [lessOfLexer, smallerKeys, fewerPlaces])
    expect(() => slim("export class Lexer {}")).toThrow("no longer");
});
