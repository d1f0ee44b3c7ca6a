/** The version that heads a report is what the judged program itself says, in the environment of its adapter. */
import { expect, test } from "vitest";
import type { Setting } from "../../../../src/conformance/attempt/attempt.ts";
import { versionOf } from "../../../../src/conformance/proofs/version.ts";
import { temporaryFolder } from "../../../support/files.ts";

const saidBy = (script: string) => {
  const home = temporaryFolder();
  const adapter = { version: ["{interpreter}", "-c", script], env: { NEEDED: "1.2" } };
  const workplace = { user: undefined, folder: () => ({ path: home }) };
  return versionOf({ workplace, adapter, interpreter: "/bin/sh", timeoutMs: 10_000 } as unknown as Setting);
};

test("the first line of what is said", async () => {
  expect(await saidBy('echo "v$NEEDED"; echo more')).toBe("1.2");
});

test("a complaint is no version", async () => {
  expect(await saidBy("echo error while loading shared libraries >&2; exit 127")).toBe("");
});
