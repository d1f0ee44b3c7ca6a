/** What the build takes out of chevrotain is not needed, and the build refuses another version of chevrotain. */
import { expect, test } from "vitest";
import { fewerPlaces, lessOfLexer, smallerKeys } from "../../../packaging/slim-chevrotain.ts";
import { INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";

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
