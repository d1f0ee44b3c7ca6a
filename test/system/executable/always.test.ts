/** Builds that always enforce a bit: each cell of the table is the one of the mode that includes the bit. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { MODES, type Mode, type Place, preparePlace, ROWS, runCell } from "../../../demo/matrix.ts";
import { freshExecutable } from "../../../packaging/fresh-executable.ts";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { EXEC_CONFORMANCE, INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";

interface Build {
  readonly name: string;
  readonly options: readonly string[];
  /** The mode that it is in, for each mode that the system sets. */
  readonly obeys: Readonly<Record<Mode, Mode>>;
  readonly bits: readonly string[];
}

const RESTRICT_FILE = "SECBIT_EXEC_RESTRICT_FILE";
const DENY_INTERACTIVE = "SECBIT_EXEC_DENY_INTERACTIVE";

const BUILDS: readonly Build[] = [
  {
    name: "always-file",
    options: ["--always-restrict-file"],
    obeys: { 1: 2, 2: 2, 3: 4, 4: 4 },
    bits: [RESTRICT_FILE],
  },
  {
    name: "always-interactive",
    options: ["--always-deny-interactive"],
    obeys: { 1: 3, 2: 4, 3: 3, 4: 4 },
    bits: [DENY_INTERACTIVE],
  },
  {
    name: "always-both",
    options: ["--always-restrict-file", "--always-deny-interactive"],
    obeys: { 1: 4, 2: 4, 3: 4, 4: 4 },
    bits: [RESTRICT_FILE, DENY_INTERACTIVE],
  },
];

describe.each(BUILDS)("$options", ({ name, options, obeys, bits }) => {
  let programs: string;
  beforeAll(async () => {
    programs = await freshExecutable({ name, options });
  });

  test("--status tells what the build adds, apart from what the system sets", async () => {
    const { status, stdout } = await run([`${programs}/inc`, "--status"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/securebits +0x0\n/);
    for (const bit of [RESTRICT_FILE, DENY_INTERACTIVE]) {
      if (bits.includes(bit)) expect(stdout).toContain(bit);
      else expect(stdout).not.toContain(bit);
    }
    expect(stdout).toMatch(new RegExp(`mode +${obeys[1]}:`));
  });

  test("code in the environment, and a module that is not executable", async () => {
    const folder = temporaryFolder();
    makeFile(join(folder, "module.inc"), 0o644, "let x = 1\n");
    const plain = makeFile(join(folder, "plain.inc"), 0o755, "+\n");
    const importing = makeFile(
      join(folder, "importing.inc"),
      0o755,
      'import "./module.inc" as m\nprint m.x\n',
    );
    const init = await run([`${programs}/inc`, plain], { env: { INC_INIT: "+" } });
    const modules = await run([`${programs}/inc`, importing]);
    const REFUSED = { status: 1, stdout: "", stderr: expect.stringContaining("refused") };
    expect(init).toMatchObject(bits.includes(DENY_INTERACTIVE) ? REFUSED : { status: 0, stdout: "1\n2\n" });
    expect(modules).toMatchObject(bits.includes(RESTRICT_FILE) ? REFUSED : { status: 0, stdout: "1\n" });
  });

  test("the judge finds that it conforms, as what it is declared to be", async () => {
    const always = options.map((option) => option.replace("--always-", "")).join(",");
    const declared = ["--always", always, "--twin", INC];
    const some = ["file.executable", "file.not-executable", "stdin", "snippet", "fault.startup"];
    const only = process.env.SLOW === "1" ? [] : some.flatMap((id) => ["--only", id]);
    const judge = [EXEC_CONFORMANCE, `inc=${programs}/inc`, ...declared, ...only, "--report", "json"];
    const { status, stdout } = await run(judge);
    const [judged] = (JSON.parse(stdout) as JsonReport).interpreters;
    const broken = judged?.requirements.filter(({ verdict }) => verdict === "broken") ?? [];
    expect(broken.map(({ id, cases }) => `${id}: ${cases[0]?.reason}`)).toEqual([]);
    expect(status).toBe(0);
    const withoutControl = judged?.requirements.filter(({ cases }) =>
      cases.some(({ reason }) => reason.startsWith("no control")),
    );
    expect(withoutControl).toEqual([]);
  });

  describe.each(ROWS)("$source: $what", (row) => {
    test.each(MODES)("mode %i", async (mode) => {
      const place: Place = preparePlace(programs, temporaryFolder());
      const outcome = await runCell(row, mode, place);
      // Undefined where no noexec mount can be made; matrix.test.ts skips with the reason.
      if (outcome !== undefined) expect(outcome).toBe(row.rule[obeys[mode] - 1]);
    });
  });
});
