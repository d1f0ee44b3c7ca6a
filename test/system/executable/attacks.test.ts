/** The attack suite: see attacks.ts. */
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseCommandLine } from "../../../src/inc/command-line.ts";
import { temporaryFolder } from "../../support/files.ts";
import { INC, UNHARDENED_INC } from "../../support/programs.ts";
import { run, starts } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";
import { root } from "../../support/users.ts";
import { ATTACKS, type Attack, TRIED } from "./attacks.ts";
import { type Den, makeDen } from "./den.ts";
import { compileLibrary, compileListener } from "./library.ts";
import { type Observation, observe } from "./observe.ts";

let library: Buffer | undefined;
let canTrace: boolean;

beforeAll(async () => {
  canTrace = await starts(["strace", "-o", "/dev/null", "true"], root);
});

function attempt(attack: Attack, inc: string, den: Den, enough?: RegExp): Promise<Observation> {
  return observe(den, {
    argv: [
      inc,
      ...(attack.options?.(den) ?? []),
      den.at(attack.script ?? "victim.inc"),
      ...(attack.args?.(den) ?? []),
    ],
    ...(attack.env && { env: attack.env(den) }),
    ...(attack.argv0 !== undefined && { argv0: attack.argv0(den) }),
    // strace would give the command its own argv[0].
    isTraced: canTrace && attack.argv0 === undefined,
    ...(enough && { enough }),
  });
}

test("there is a C compiler for the attacker's library, and strace to watch", (context) => {
  library = compileLibrary();
  if (library === undefined) skipWithReason(context, "no C compiler: nothing is tried with a library");
  if (!canTrace) skipWithReason(context, "no strace: only files and messages tell of a gain");
});

describe("on the executable, nothing comes of it", () => {
  test.each(ATTACKS)("$what", async (attack) => {
    const { gains, status, signal, stdout, stderr } = await attempt(attack, INC, makeDen(library));
    expect({ gains, signal }).toEqual({ gains: [], signal: null });
    if (attack.ends === "usage") {
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain("unknown option");
    } else expect({ status, stdout }).toEqual({ status: 0, stdout: "1\n" });
  });
});

describe("nothing is left out", () => {
  test("nothing comes of any option that Node takes from NODE_OPTIONS", async () => {
    const options = [...process.allowedNodeEnvironmentFlags];
    expect(options).toContain("--require");
    // Several in one attempt: if one of them had an effect, it would still show.
    for (const some of inGroups(options)) {
      const den = makeDen(library);
      const env = { NODE_OPTIONS: some.map((option) => `${option}=${den.at("payload.cjs")}`).join(" ") };
      const { gains, status, stdout } = await observe(den, { argv: [INC, den.at("victim.inc")], env });
      expect({ some, gains, status, stdout }).toEqual({ some, gains: [], status: 0, stdout: "1\n" });
    }
  });

  test("no option that Node has is one of inc's, but for those that mean something else there", async () => {
    const { stdout: help } = await run([process.execPath, "--help"]);
    const options = [...new Set(help.match(/(?<=^ {2}.*)--[a-z][\w-]+/gm))];
    expect(options.length).toBeGreaterThan(150);
    const inc = ["--check", "--help", "--version"];
    const others = options.filter((option) => !inc.includes(option));
    // How inc takes each is tested elsewhere; what its host does with them before that shows in one attempt.
    for (const option of others) {
      const word = Buffer.from(`${option}=x`);
      expect(parseCommandLine([word])).toEqual({
        do: "complain",
        about: { is: "unknown option", option: word },
      });
    }
    for (const some of inGroups(others)) {
      const den = makeDen(library);
      const words = some.map((option) => `${option}=${den.at("payload.cjs")}`);
      const { gains, status, stdout, stderr } = await observe(den, {
        argv: [INC, ...words, den.at("victim.inc")],
      });
      expect({ some, gains, status, stdout }).toEqual({ some, gains: [], status: 2, stdout: "" });
      expect(stderr).toContain(`unknown option ${some[0]}`);
    }
  });

  test("each variable that it asks for is one that was tried", async (context) => {
    const log = join(temporaryFolder(), "log");
    const listener = compileListener(log);
    if (listener === undefined) skipWithReason(context, "no C compiler: nothing listens");
    const env = { LD_PRELOAD: listener };
    expect((await run([INC, "-c", "+"], { env })).stdout).toBe("1\n");
    const asked = new Set(readFileSync(log, "utf8").split("\n"));
    // Inc's own; and what moments.test.ts tries.
    const known = ["", "HOME", "INC_INIT", "NODE_CHANNEL_FD"];
    expect([...asked].filter((name) => !TRIED.has(name) && !known.includes(name))).toEqual([]);
    expect(asked).toContain("INC_INIT");
    expect(asked).not.toContain("NODE_COMPILE_CACHE");
  });

  test("so is each that pkg's code names", () => {
    const pkg = resolve(import.meta.dirname, "../../../node_modules/@yao-pkg");
    const code = globSync("{pkg/prelude,*/lib-es5}/**/*.{js,patch}", { cwd: pkg }).map((file) =>
      readFileSync(join(pkg, file), "utf8"),
    );
    const named = new Set(code.join("\n").match(/\b(PKG_[A-Z_]+|(DEBUG|SIZE_LIMIT|FOLDER_LIMIT)_PKG\w*)\b/g));
    expect(named).toContain("PKG_EXECPATH");
    expect([...named].filter((name) => !TRIED.has(name))).toEqual([]);
  });
});

/** There are hundreds, and each attempt waits for a start. */
function inGroups<T>(items: readonly T[]): T[][] {
  const size = 10;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

/** What a host prints that waits for a debugger, and would wait for ever. */
const LISTENING = /listening on/i;

describe("on a host that is not hardened, it succeeds", () => {
  test.each(ATTACKS.filter(({ gain }) => gain !== undefined))("$what: $gain", async (attack) => {
    const den = makeDen(library);
    // Without a compiler there is no library to try: the first test has said so.
    if (library === undefined && JSON.stringify([attack.env?.(den), attack.argv0?.(den)]).includes("openssl"))
      return;
    const { gains } = await attempt(attack, UNHARDENED_INC, den, LISTENING);
    expect(gains.join()).toContain(attack.gain);
  });
});
