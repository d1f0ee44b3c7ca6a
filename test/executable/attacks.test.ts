/** The attack suite: see attacks.ts. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { freshExecutable } from "../../packaging/fresh-executable.ts";
import { INC } from "../support/programs.ts";
import { starts } from "../support/run.ts";
import { skipWithReason } from "../support/skip.ts";
import { root } from "../support/users.ts";
import { ATTACKS, type Attack } from "./attacks.ts";
import { type Den, makeDen } from "./den.ts";
import { compileLibrary } from "./library.ts";
import { type Observation, observe } from "./observe.ts";

let library: Buffer | undefined;
let canTrace: boolean;

beforeAll(async () => {
  canTrace = await starts(["strace", "-o", "/dev/null", "true"], root);
});

function attempt(attack: Attack, inc: string, den: Den, millisecondsAtMost?: number): Promise<Observation> {
  return observe(den, {
    argv: [inc, ...(attack.options?.(den) ?? []), den.at("victim.inc")],
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
    switch (attack.ends) {
      case undefined:
        expect({ status, stdout }).toEqual({ status: 0, stdout: "1\n" });
        break;
      case "usage":
        expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
        expect(stderr).toContain("unknown option");
        break;
      case "stopped":
        expect(status).not.toBe(0);
        expect(stdout).toBe("");
    }
  });
});

test("on the executable, nothing comes of any option that Node takes from NODE_OPTIONS", async () => {
  const options = [...process.allowedNodeEnvironmentFlags];
  for (const option of options) {
    const den = makeDen(library);
    const env = { NODE_OPTIONS: `${option}=${den.at("payload.cjs")}` };
    const { gains, status, stdout } = await observe(den, { argv: [INC, den.at("victim.inc")], env });
    expect({ option, gains, status, stdout }).toEqual({ option, gains: [], status: 0, stdout: "1\n" });
  }
  expect(options).toContain("--require");
}, 120_000);

describe("on a host that is left open, it succeeds", () => {
  let open: string;
  beforeAll(() => {
    open = join(freshExecutable({ name: "unhardened", options: ["--unhardened"] }), "inc");
  }, 60_000);

  test.each(ATTACKS.filter(({ gain }) => gain !== undefined))("$what: $gain", async (attack) => {
    const den = makeDen(library);
    // Without a compiler for its library, this one cannot be tried: the first test has said so.
    if (library === undefined && JSON.stringify([attack.env?.(den), attack.argv0?.(den)]).includes("openssl"))
      return;
    const { gains } = await attempt(attack, open, den, 3000);
    expect(gains.join()).toContain(attack.gain);
  });
});
