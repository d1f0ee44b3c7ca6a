/** docs/write-an-adapter.md, step by step: saves its files, types its commands and compares the output. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KINDS } from "../../../src/conformance/requirements/ways.ts";
import { skipWithReason } from "../../support/skip.ts";
import { KIT, scratch } from "./kit.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/write-an-adapter.md"), "utf8");

type Step =
  | { readonly save: string; readonly text: string }
  | { readonly type: string; readonly shows: string };

const steps = [
  ...page.matchAll(/Save this as `([^`]+)`:\n\n```json\n(.*?)```|```console\n\$ (.*?)\n(.*?)```/gs),
].map(([, save, text, type, shows]) => (save === undefined ? { type, shows } : { save, text }) as Step);

test("followed to the letter, it shows what it says", (context) => {
  const { error } = spawnSync("mawk", ["BEGIN {}"]);
  if (error !== undefined) skipWithReason(context, `there is no mawk: ${error.message}`);
  const [bin, folder] = [join(scratch, "bin"), join(scratch, "newcomer")];
  for (const made of [bin, folder]) mkdirSync(made);
  const program = join(bin, "exec-conformance");
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${KIT} "$@"\n`);
  chmodSync(program, 0o755);

  for (const step of steps) {
    if ("save" in step) {
      writeFileSync(join(folder, step.save), step.text);
    } else {
      const { stdout } = spawnSync("sh", ["-c", `exec 2>&1; ${step.type}`], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
      });
      expect(alike(stdout), step.type).toBe(alike(step.shows));
    }
  }
  expect(steps.length).toBe(8);
});

test("it names every kind of channel", () => {
  const named = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, kind]) => kind);
  expect(named).toEqual(Object.keys(KINDS));
});

/** Without what differs from one run or machine to another. */
function alike(shown: string): string {
  return (
    shown
      .replaceAll(/in \d+\.\d s/g, "in N s")
      // How many requirements there are.
      .replaceAll(/^.*(refused when it had to|MUST tried).*$/gm, (line) => line.replaceAll(/\d+/g, "N"))
      .replaceAll(/\/tmp\/\S+\/code/g, "…/code")
      .replaceAll(/mawk 1\.[\w.~+-]+/g, "mawk VERSION")
      .replaceAll(/\/usr\/bin\/mawk|\/bin\/mawk/g, "MAWK")
      .trim()
  );
}
