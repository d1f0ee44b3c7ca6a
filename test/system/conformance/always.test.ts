/** Builds that always enforce: declared, they conform; undeclared, they are recognised. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, type TestContext, test } from "vitest";
import { EXEC_CONFORMANCE } from "../../support/programs.ts";
import { idsWith, judged, kit, needsEverything, SUBJECT_ADAPTER, scratch, subject } from "./kit.ts";
import adapter from "./subject/subject.json" with { type: "json" };

const SOONEST = { program: EXEC_CONFORMANCE };
const BOTH = "restrict-file,deny-interactive";
/** What shows the shift of the modes, each with its own kind of control. */
const SHOWING = [
  "file.executable",
  "file.not-executable",
  "stdin.executable",
  "stdin.pipe",
  "snippet",
  "module.not-executable",
];
const only = (ids: readonly string[]) => ids.flatMap((id) => ["--only", id]);

describe("the test's own interpreter", () => {
  const judge = (context: TestContext, variant: string, ...options: string[]) => {
    needsEverything(context);
    const program = `${SUBJECT_ADAPTER}=${subject(context, variant)}`;
    return ["--adapter", program, ...only(process.env.SLOW === "1" ? [] : SHOWING), ...options];
  };

  test.for([
    ["ALWAYS_ENFORCES", BOTH],
    ["ALWAYS_RESTRICTS_FILES", "restrict-file"],
    ["ALWAYS_DENIES_INTERACTIVE", "deny-interactive"],
  ] as const)(
    "%s, declared: what has no control is skipped, and nothing is broken",
    async ([variant, always], context) => {
      const report = await judged(judge(context, variant, "--always", always), SOONEST);
      expect(idsWith(report, "broken")).toEqual([]);
      const skipped = idsWith(report, "skipped");
      const denies = always.includes("deny");
      expect(skipped.includes("snippet.mode-1")).toBe(denies);
      expect(skipped.includes("stdin.pipe.mode-3")).toBe(denies);
      expect(skipped.filter((id) => /^(file|module)/.test(id))).toEqual([]);
      const [of] = report.interpreters;
      expect(of?.always).toEqual(always.split(","));
      expect(of?.notes[0]).toMatch(/^declared to enforce .* always: mode 1 is judged as mode [234]/);
    },
  );

  test("with a twin, nothing is skipped for want of a control", async (context) => {
    const twin = subject(context, "REFUSES_WITH_126");
    const report = await judged(judge(context, "ALWAYS_ENFORCES", "--always", BOTH, "--twin", twin), SOONEST);
    expect(idsWith(report, "broken")).toEqual([]);
    expect(idsWith(report, "skipped")).toEqual([]);
    expect(idsWith(report, "holds")).toContain("snippet.mode-1");
  });

  test("declared to enforce what it does not, it is broken for just that", async (context) => {
    needsEverything(context);
    const program = `${SUBJECT_ADAPTER}=${subject(context, "ALWAYS_RESTRICTS_FILES")}`;
    const options = ["--adapter", program, "--always", BOTH, "--no-trace", ...only(["stdin", "snippet"])];
    const report = await judged(options, SOONEST);
    expect(idsWith(report, "broken")).toEqual(
      [
        "snippet",
        "stdin.not-executable",
        "stdin.noexec-mount",
        "stdin.pipe",
        "stdin.socket",
        "stdin.terminal",
      ]
        .flatMap((id) => [`${id}.mode-1`, `${id}.mode-2`])
        .concat("stdin.at-an-offset.mode-2")
        .sort(),
    );
  });

  test("undeclared, it is recognised, and what that explains stands in one line", async (context) => {
    const { status, stdout } = await kit(judge(context, "ALWAYS_ENFORCES", "--no-trace"), SOONEST);
    expect(status).toBe(1);
    const broken = stdout.split("\n").filter((line) => line.startsWith("BROKEN "));
    expect(broken).toEqual([
      expect.stringMatching(
        /^BROKEN \d+ requirements: looks like a build that always enforces: use --always restrict-file,deny-interactive$/,
      ),
    ]);
  });
});

describe("an interpreter of ten lines that never looks at the securebits, and exits with the errno", () => {
  let programs: { sound: string; twin: string };
  const file = join(scratch, "ten-lines.json");
  beforeAll(() => {
    const build = (name: string, ...options: string[]) => {
      const output = join(scratch, name);
      const source = join(import.meta.dirname, "subject/ten-lines.c");
      spawnSync("gcc", ["-O1", ...options, "-o", output, source]);
      return output;
    };
    programs = { sound: build("ten-lines"), twin: build("ten-lines-twin", "-DTWIN") };
    const { script, stdin } = adapter.channels;
    const always = ["restrict-file", "deny-interactive"];
    const channels = { script, stdin };
    writeFileSync(file, JSON.stringify({ ...adapter, channels, always, twin: programs.twin }));
  });

  test("conforms, as its adapter declares it", async (context) => {
    needsEverything(context);
    const report = await judged(["--adapter", `${file}=${programs.sound}`], SOONEST);
    expect(idsWith(report, "broken")).toEqual([]);
    expect(idsWith(report, "skipped")).toEqual([]);
    expect(report.interpreters[0]).toMatchObject({
      outcome: "conforms",
      conforms: true,
      twin: programs.twin,
    });
    expect(idsWith(report, "not offered")).toEqual(
      expect.arrayContaining(["fault.securebits", "securebits.asked"]),
    );
  });
});

describe("wrong usage", () => {
  test.each([
    [
      ["--always", "everything", "bash"],
      2,
      "--always takes restrict-file, deny-interactive, or both with a comma",
    ],
    [["--twin", "/bin/sh", "bash"], 2, "bash has a twin, but nothing says what it enforces always"],
    [
      ["--always", "restrict-file", "--twin", "/bin/sh", "bash", "dash"],
      2,
      "--twin belongs to one interpreter",
    ],
    [["--always", "restrict-file", "--twin", "/no/such", "bash"], 4, "/no/such is not there"],
  ])("%j", async (args, status, complaint) => {
    const outcome = await kit(args);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toContain(complaint);
  });
});
