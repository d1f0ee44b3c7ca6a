/** The attack suite: see attacks.ts. */
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { deafenNode } from "../../packaging/deafen-node.ts";
import { freshExecutable } from "../../packaging/fresh-executable.ts";
import { temporaryFolder } from "../support/files.ts";
import { INC } from "../support/programs.ts";
import { run, starts } from "../support/run.ts";
import { skipWithReason } from "../support/skip.ts";
import { root } from "../support/users.ts";
import { ATTACKS, type Attack, TRIED } from "./attacks.ts";
import { type Den, makeDen } from "./den.ts";
import { compileLibrary, compileListener } from "./library.ts";
import { type Observation, observe } from "./observe.ts";

let library: Buffer | undefined;
let canTrace: boolean;

beforeAll(async () => {
  canTrace = await starts(["strace", "-o", "/dev/null", "true"], root);
});

function attempt(attack: Attack, inc: string, den: Den, millisecondsAtMost?: number): Promise<Observation> {
  return observe(den, {
    argv: [
      inc,
      ...(attack.options?.(den) ?? []),
      den.at(attack.script ?? "victim.inc"),
      ...(attack.args?.(den) ?? []),
    ],
    ...(attack.env && { env: attack.env(den) }),
    ...(attack.argv0 !== undefined && { argv0: attack.argv0(den) }),
    // strace takes its own argv[0] for the command's.
    isTraced: canTrace && attack.argv0 === undefined,
    ...(millisecondsAtMost && { millisecondsAtMost }),
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
    await severalAtOnce(options, async (option) => {
      const den = makeDen(library);
      const env = { NODE_OPTIONS: `${option}=${den.at("payload.cjs")}` };
      const { gains, status, stdout } = await observe(den, { argv: [INC, den.at("victim.inc")], env });
      expect({ option, gains, status, stdout }).toEqual({ option, gains: [], status: 0, stdout: "1\n" });
    });
  });

  test("no option that Node has is one of inc's, but for those that mean something else there", async () => {
    const { stdout: help } = await run([process.execPath, "--help"]);
    const options = [...new Set(help.match(/(?<=^ {2}.*)--[a-z][\w-]+/gm))];
    expect(options.length).toBeGreaterThan(150);
    const den = makeDen(library);
    const inc = ["--check", "--help", "--version"];
    await severalAtOnce(
      options.filter((option) => !inc.includes(option)),
      async (option) => {
        const argv = [INC, `${option}=${den.at("payload.cjs")}`, den.at("victim.inc")];
        const { gains, status, stdout, stderr } = await observe(den, { argv });
        expect({ option, gains, status, stdout }).toEqual({ option, gains: [], status: 2, stdout: "" });
        expect(stderr).toContain(`unknown option ${option}`);
      },
    );
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
    const pkg = resolve(import.meta.dirname, "../../node_modules/@yao-pkg");
    const code = globSync("{pkg/prelude,*/lib-es5}/**/*.{js,patch}", { cwd: pkg }).map((file) =>
      readFileSync(join(pkg, file), "utf8"),
    );
    const named = new Set(code.join("\n").match(/\b(PKG_[A-Z_]+|(DEBUG|SIZE_LIMIT|FOLDER_LIMIT)_PKG\w*)\b/g));
    expect(named).toContain("PKG_EXECPATH");
    expect([...named].filter((name) => !TRIED.has(name))).toEqual([]);
  });
});

test("another Node is not deafened blindly", () => {
  expect(() => deafenNode(Buffer.from("Node"))).toThrow("NODE_COMPILE_CACHE");
  // The executable's own is deaf already.
  expect(() => deafenNode(readFileSync(INC))).toThrow("NODE_COMPILE_CACHE");
  const text = "\0NODE_COMPILE_CACHE\0NODE_COMPILE_CACHE\0";
  expect(() => deafenNode(Buffer.from(`four${text}`))).toThrow("does not hold NODE_COMPILE_CACHE once");
});

/** There are hundreds, and each waits for a start. */
async function severalAtOnce<T>(items: readonly T[], attempt: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await attempt(item);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

describe("on a host that is left open, it succeeds", () => {
  let open: string;
  beforeAll(() => {
    open = join(freshExecutable({ name: "unhardened", options: ["--unhardened"] }), "inc");
  });

  test.each(ATTACKS.filter(({ gain }) => gain !== undefined))("$what: $gain", async (attack) => {
    const den = makeDen(library);
    // Without a compiler for its library, this one cannot be tried: the first test has said so.
    if (library === undefined && JSON.stringify([attack.env?.(den), attack.argv0?.(den)]).includes("openssl"))
      return;
    // A host that opens a port may wait for a debugger for ever.
    const { gains } = await attempt(
      attack,
      open,
      den,
      attack.gain === "a port was opened" ? 5000 : undefined,
    );
    expect(gains.join()).toContain(attack.gain);
  });
});
