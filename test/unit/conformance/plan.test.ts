/** A plan: what is judged, under which name, and what is said of it before anything runs. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCommandLine } from "../../../src/conformance/command-line.ts";
import { makePlan } from "../../../src/conformance/plan.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";

function planOf(...args: string[]) {
  const command = parseCommandLine(args);
  if (command.do !== "run") throw new Error(`that is not a run: ${JSON.stringify(command)}`);
  const plan = makePlan(command);
  return "complaint" in plan ? { complaint: plan.complaint, subjects: [], remarks: [] } : plan;
}

/** A program that its own adapter would not find: a copy of the shell. */
function copyOf(program: string, name: string): string {
  const path = join(temporaryFolder(), name);
  copyFileSync(program, path);
  return path;
}

test("the version that a package manager gives is not said of another program", () => {
  const [own] = planOf("dash").subjects;
  const [other] = planOf(`dash=${copyOf("/bin/sh", "other")}`).subjects;
  expect(own?.adapter.version?.[0]).toBe("dpkg-query");
  expect(other?.adapter.version).toBeUndefined();
});

test("two programs with one adapter have two names", () => {
  const other = copyOf("/bin/sh", "other");
  expect(planOf("dash", `dash=${other}`).subjects.map(({ adapter }) => adapter.name)).toEqual([
    "dash",
    "dash-2",
  ]);
});

test("a relative interpreter is looked up beside its adapter", () => {
  const program = copyOf("/bin/sh", "own-shell");
  const adapter = {
    ...{ name: "own", title: "Own", interpreter: "./own-shell", program: "echo $(({a} + {b}))\n" },
    channels: { stdin: [{ name: "stdin", command: ["{interpreter}"] }] },
  };
  const file = makeFile(join(program, "../own.json"), 0o644, JSON.stringify(adapter));
  expect(planOf("--adapter", file).subjects.map(({ interpreter }) => interpreter)).toEqual([program]);
});

test("an interpreter that is a script is judged, with a remark on what it starts", () => {
  const shim = makeFile(join(temporaryFolder(), "shim"), 0o755, "#!/bin/sh\nexec dash\n");
  expect(planOf(`dash=${shim}`).remarks).toEqual([
    `exec-conformance: ${shim} is a script: what is judged is /bin/sh, as that script starts it, and whatever it starts in turn\n`,
  ]);
  expect(planOf("dash").remarks).toEqual([]);
});

test("a name in the list of known failures", () => {
  const file = makeFile(join(temporaryFolder(), "known"), 0o644, "dash snippet.mode-3\n");
  expect(planOf("dash", "--expect", file).remarks).toEqual([]);
  expect(planOf("bash", "--expect", file).remarks).toEqual([
    `exec-conformance: ${file}: dash is not judged here, so its lines do not count\n`,
  ]);
  const strange = makeFile(join(temporaryFolder(), "strange"), 0o644, "calk snippet.mode-3\n");
  expect(planOf("dash", "--expect", strange)).toMatchObject({
    complaint: `exec-conformance: ${strange}: no interpreter that is judged here, and no adapter, is called calk\n`,
  });
});
