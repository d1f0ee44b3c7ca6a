/**
 * What the build takes out of chevrotain is not needed, and the build refuses another version of chevrotain. What a
 * snapshot would keep of the machine that built it is asked of the one that runs it.
 */
import { expect, test } from "vitest";
import { fewerPlaces, lessOfLexer, smallerKeys } from "../../../packaging/slim-chevrotain.ts";
import { INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";

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

test("the kernel that is named is the one that runs, not the one of the build", async (context) => {
  const another = ["setarch", process.arch === "x64" ? "x86_64" : "aarch64", "--uname-2.6"];
  const { status, stdout } = await run([...another, "uname", "-r"]).catch(() => ({
    status: 127,
    stdout: "",
  }));
  if (status !== 0) return skipWithReason(context, "setarch, of util-linux, is missing");
  expect(stdout).toMatch(/^2\.6\./);
  expect((await run([...another, INC, "--status"])).stdout).toContain(stdout.trim());
});
