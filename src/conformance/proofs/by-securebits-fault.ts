/** Makes PR_GET_SECUREBITS fail where its answer decides: after a check that failed, and of code without a descriptor. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PR_GET_SECUREBITS } from "../../linux/uapi.ts";
import type { Entry } from "../adapter/adapter.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { howItEnded } from "../findings/judge-attempt.ts";
import { noted, skipped } from "../findings/verdict.ts";
import { provedBy, type Requirement } from "../requirements/requirement.ts";
import type { Way } from "../requirements/ways.ts";
import { quietly } from "../sandbox/quietly.ts";
import { injecting, tracing } from "../trace/strace.ts";
import { numberIn, readStraceLog } from "../trace/strace-log.ts";
import { allAlike, foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** @param noTracing Why there is no tracing here; undefined where there is. */
export function securebitsFaultJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
): Job[] {
  const bits = provedBy("securebits-fault", wanted);
  if (bits.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(bits, "tracing", skipped(noTracing))];
  const { channels } = setting.adapter;
  const text = channels.snippet === undefined ? "environment" : "snippet";
  const ways: readonly Way[] = [
    { kind: "script", form: "not-executable" },
    { kind: text, form: "text" },
  ];
  const offered = ways.flatMap((way) =>
    (channels[way.kind] ?? []).slice(0, 1).map((entry) => ({ way, entry })),
  );
  if (offered.length === 0) return [foundAlready(bits, "script", NOT_OFFERED)];
  return bits.flatMap((of) =>
    offered.map(({ way, entry }) => ({ size: 1, run: () => failSecurebits(setting, of, way, entry) })),
  );
}

/**
 * strace can make the n-th prctl fail, whatever it asks: a first run finds the n of the first PR_GET_SECUREBITS.
 */
async function failSecurebits(setting: Setting, of: Requirement, way: Way, entry: Entry): Promise<Case[]> {
  const { workplace } = setting;
  const name = `${way.kind}/${entry.name}, ${way.form}`;
  const none = (reason: string) => allAlike([of], name, skipped(reason));
  const folder = workplace.folder(workplace.user).path;
  const attempt = { way, entry, mode: 1 } as const;
  const log = join(folder, "first");
  const first = await makeAttempt(setting, { ...attempt, before: () => tracing(log), log });
  if ("missing" in first) return none(first.missing);
  if (!first.ran) return none(`the control failed: in mode 1 it does not run; ${howItEnded(first)}`);
  const nth = firstAsking(quietly(() => readFileSync(log, "latin1")) ?? "");
  if (nth === undefined) return none("PR_GET_SECUREBITS is never asked");
  const before = () => injecting(join(folder, "second"), "prctl", `error=EPERM:when=${nth}+`);
  const seen = await makeAttempt(setting, { ...attempt, before });
  if ("missing" in seen) return none(seen.missing);
  const finding = noted(
    seen.ran
      ? "open: it ran, though the securebits could not be known"
      : `closed: nothing ran where the securebits could not be known; ${howItEnded(seen)}`,
  );
  return [{ id: of.id, entry: name, ...finding, evidence: [evidenceOf("prctl failed with EPERM", seen)] }];
}

/** Which prctl of its process is the first to ask for the securebits, counted from 1; undefined if none does. */
function firstAsking(log: string): number | undefined {
  const calls = readStraceLog(log).calls.filter(({ name }) => name === "prctl");
  const asked = calls.find(({ args }) => numberIn(args[0]) === PR_GET_SECUREBITS);
  if (asked === undefined) return undefined;
  return calls.filter(({ pid }) => pid === asked.pid).indexOf(asked) + 1;
}
