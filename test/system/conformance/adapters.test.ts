/**
 * Each adapter on the real program: whatever it lists is a way in which that program takes code. An entry that is
 * misspelt, or that a later version has dropped, would otherwise be refused in every mode, and look enlightened.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { programOf } from "../../../scripts/programs.ts";
import { ADAPTERS } from "../../../src/conformance/adapter/shipped.ts";
import { CHANNELS } from "../../../src/conformance/requirements/channels.ts";
import { findInterpreter } from "../../../src/conformance/sandbox/find-interpreter.ts";
import { INC } from "../../support/programs.ts";
import { skipWithReason } from "../../support/skip.ts";
import { judged, needsEverything } from "./kit.ts";

const sample = process.env.KERNEL_SAMPLE;

/** All that an adapter claims: in mode 1, in the form that everybody may execute. */
const CLAIMED = ["executable", "text", "terminal"];
const CLAIMS = CHANNELS.filter(({ form, locked }) => CLAIMED.includes(form) && !locked);

/** Its control is the text that loads a module twice. */
const TWICE = "module.again-through-noexec.mode-2";

/** By the adapter's name, what was tried of it: the requirement, the entry and the verdict. */
const tried = new Map<string, readonly string[]>();
beforeAll(async () => {
  const names = ADAPTERS.flatMap((each) => {
    const program = programOf(each, INC);
    return program === undefined ? [] : [`${each.name}=${program}`];
  });
  const ids = [...CLAIMS.map(({ id }) => `${id}.mode-1`), TWICE];
  const report = await judged([...names, "--no-trace", ...ids.flatMap((id) => ["--only", id])]);
  for (const { name, requirements } of report.interpreters) {
    const cases = requirements.flatMap(({ id, cases }) => cases.map((each) => ({ id, ...each })));
    const here = cases.filter(({ verdict }) => verdict !== "not offered");
    tried.set(
      name,
      here.map(({ id, entry, verdict, reason }) =>
        // Its verdict in mode 2 is not asked for here.
        id === TWICE && verdict !== "skipped" ? `${id} ${entry}` : `${id} ${entry} ${verdict}: ${reason}`,
      ),
    );
  }
}, 300_000);

describe("every entry runs in mode 1", () => {
  const here = ADAPTERS.filter(({ name }) => name !== "kernel-sample" || sample !== undefined);
  for (const adapter of here.filter(({ uncalibrated }) => uncalibrated !== true)) {
    test(adapter.name, (context) => {
      needsEverything(context);
      if (programOf(adapter, INC) === undefined)
        skipWithReason(context, `it is not installed: Debian has it in ${adapter.package}`);
      if (adapter.channels.native !== undefined && findInterpreter("gcc") === undefined)
        skipWithReason(context, "there is no gcc, which makes its native extension");
      const claimed = CLAIMS.flatMap(({ id, kind }) =>
        (adapter.channels[kind] ?? []).map(
          ({ name }) => `${id}.mode-1 ${kind}/${name} holds: its marker was observed`,
        ),
      );
      const twice = (adapter.channels.module ?? []).filter(({ again }) => again !== undefined);
      const expected = [...claimed, ...twice.map(({ name }) => `${TWICE} module/${name}`)];
      expect([...(tried.get(adapter.name) ?? [])].sort()).toEqual(expected.sort());
    });
  }
});
