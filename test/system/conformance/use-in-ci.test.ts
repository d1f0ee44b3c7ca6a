/** docs/use-in-ci.md, the workflow and the container recipe: what they tell others to do works. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import project from "../../../package.json" with { type: "json" };
import { complaints } from "../../../src/conformance/adapter/json-schema.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { shell } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";
import { KIT } from "./kit.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const WORKFLOW = read("docs/ci-workflow.yml");
const PAGE = read("docs/use-in-ci.md");
const RECIPE = read("docs/Containerfile");

/** A project with an adapter, known failures (those of -c) and its interpreter, a shell. */
function someProject(): string {
  const folder = temporaryFolder();
  for (const name of ["ci", "bin"]) mkdirSync(join(folder, name));
  const adapter = {
    name: "my-interpreter",
    title: "Mine",
    interpreter: "my-interpreter",
    program: "echo $(({a} + {b}))\n",
    channels: { snippet: [{ name: "-c", command: ["{interpreter}", "-c", "{program}"] }] },
  };
  makeFile(join(folder, "ci/adapter.json"), 0o644, JSON.stringify(adapter));
  makeFile(
    join(folder, "ci/known-failures.txt"),
    0o644,
    "snippet.mode-3\nmy-interpreter snippet.mode-4\nsecurebits.asked\n",
  );
  // A copy: a script that starts dash would be judged with a remark.
  copyFileSync("/bin/dash", join(folder, "my-interpreter"));
  makeFile(
    join(folder, "bin/exec-conformance"),
    0o755,
    `#!/bin/sh\nexec '${process.execPath}' '${KIT}' "$@"\n`,
  );
  return folder;
}

const inProject = (folder: string, script: string) =>
  shell(`set -e -o pipefail; export PATH="$PWD/bin:$PATH"; ${script}`, [], { cwd: folder });

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { steps: readonly { name?: string; uses?: string; run?: string }[] }>
  >;
}

describe("the workflow", () => {
  test("is YAML, asks for no secret and may only read", (context) => {
    const script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.read()), default=str))";
    const { status, stdout } = spawnSync("python3", ["-c", script], { input: WORKFLOW, encoding: "utf8" });
    expect(WORKFLOW).not.toMatch(/secrets|token|password/i);
    if (status !== 0) skipWithReason(context, "python3 has no yaml here");
    const { jobs, permissions } = JSON.parse(stdout) as Workflow & { permissions: object };
    expect(permissions).toEqual({ contents: "read" });
    const { steps } = jobs.judge as Workflow["jobs"][string];
    expect(steps.filter(({ uses, run }) => (uses === undefined) === (run === undefined))).toEqual([]);
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/^[\w./-]+@v\d+$/.test(uses))).toEqual(
      [],
    );
    expect(steps.find(({ name }) => name === "Judge")?.run).toBe(judgeStep());
  });

  test("its step that judges does so, and every report is there", async () => {
    const folder = someProject();
    const { status, stdout, stderr } = await inProject(folder, judgeStep());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("my-interpreter: 2 hold, 3 broken");
    for (const file of WORKFLOW.matchAll(/--report \w+=(\S+)/g))
      expect(existsSync(join(folder, file[1] as string)), file[0]).toBe(true);
    expect(WORKFLOW).toContain("path: reports\n");
    const report = JSON.parse(readFileSync(join(folder, "reports/report.json"), "utf8"));
    expect(complaints(JSON.parse(read("docs/report.schema.json")), report)).toEqual([]);
  });

  test("installs this package, in this version, on a Node that it runs on", () => {
    expect(WORKFLOW).toContain(`npm install --global ${project.name}@${project.version}\n`);
    expect(Number(/node-version: (\d+)/.exec(WORKFLOW)?.[1])).toBeGreaterThanOrEqual(
      Number(/\d+/.exec(project.engines.node)?.[0]),
    );
    expect(Object.keys(project.bin)).toContain("exec-conformance");
  });
});

/** The text of the step, without the indentation. */
function judgeStep(): string {
  const text = /- name: Judge\n +run: \|\n((?: {10}.*\n)+)/.exec(WORKFLOW)?.[1] ?? "";
  return text.replace(/^ {10}/gm, "");
}

describe("the page", () => {
  const commands = [...PAGE.matchAll(/^exec-conformance .*$/gm)].map(([command]) => command);

  test.each(commands)("%s", async (command) => {
    const { status, stderr } = await inProject(someProject(), command);
    // Without the list of known failures, the verdict is that it fails.
    expect({ status, stderr }).toEqual({ status: command.includes("--expect") ? 0 : 1, stderr: "" });
  });

  test("links to what is there", () => {
    const links = [...PAGE.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link as string);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !existsSync(join(ROOT, "docs", link)))).toEqual([]);
  });

  test("has all statuses, and the kinds of reports", async () => {
    const { stdout } = await inProject(someProject(), "exec-conformance --help");
    const [, statuses = ""] = /Exit status:((?:.|\n)*)/.exec(stdout) ?? [];
    for (const [status] of statuses.matchAll(/\b\d\b/g))
      expect(PAGE).toMatch(new RegExp(`^\\| ${status} `, "m"));
    const [, kinds = ""] = /write a report: ([a-z, ]+);/.exec(stdout) ?? [];
    expect(kinds.split(", ").length).toBe(5);
    for (const kind of kinds.split(", ")) expect(PAGE).toContain(`- \`${kind}\`:`);
  });

  test("its example of known failures is one", async () => {
    const [, known = ""] = /```\n(# ci\/known-failures[^`]*)```/.exec(PAGE) ?? [];
    const folder = someProject();
    makeFile(join(folder, "ci/known-failures.txt"), 0o644, known);
    const command =
      "exec-conformance --adapter ci/adapter.json=./my-interpreter --expect ci/known-failures.txt";
    expect(await inProject(folder, command)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("the container recipe", () => {
  /** With the lines that are continued put together. */
  const instructions = RECIPE.replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+(.*)/s, 2) as [string, string]);
  const all = (name: string) => instructions.filter(([each]) => each === name).map(([, rest]) => rest);

  test("has known instructions alone, and its last word is an ordinary user's", () => {
    const known = ["FROM", "RUN", "COPY", "WORKDIR", "USER", "ENTRYPOINT", "CMD"];
    expect(instructions.filter(([name]) => !known.includes(name))).toEqual([]);
    expect(all("USER")).toEqual(["judge"]);
    expect(all("RUN").join("\n")).toContain("useradd --create-home --uid 1000 judge");
    expect(JSON.parse(all("ENTRYPOINT")[0] ?? "")).toEqual(["exec-conformance"]);
  });

  test("its shell commands parse, and its npm scripts are the project's", () => {
    for (const command of all("RUN")) {
      expect(spawnSync("sh", ["-n", "-c", command]).status, command).toBe(0);
      for (const [, script] of command.matchAll(/npm run ([\w:]+)/g))
        expect(Object.keys(project.scripts)).toContain(script);
    }
    expect(RECIPE).toContain("npm ci");
  });

  test("what it copies is what build:deb makes", () => {
    const [, folder] = /COPY --from=build \/source\/(\S+)\/\*\.deb/.exec(RECIPE) ?? [];
    expect(folder).toBe("build");
    expect(read("README.md")).toContain(`./${folder}/${project.name}_${project.version}_amd64.deb`);
    expect(dirname("docs/Containerfile")).toBe(/--file (\S+)\/Containerfile/.exec(RECIPE)?.[1]);
  });
});
