/** Makes system calls fail, by strace's fault injection, and observes whether code runs that must not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import { PR_GET_SECUREBITS } from "../../linux/uapi.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { judgeAttempt } from "../findings/judge-attempt.ts";
import { noted, skipped } from "../findings/verdict.ts";
import { type Fault, type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import { quietly } from "../sandbox/quietly.ts";
import { injecting, tracing } from "../trace/strace.ts";
import { numberIn, readStraceLog } from "../trace/strace-log.ts";
import { allAlike, foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** @param noTracing Why there is no tracing here; undefined where there is. */
export function faultJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
): Job[] {
  const faults = provedBy("fault", wanted);
  const bits = provedBy("securebits-fault", wanted);
  const all = [...faults, ...bits];
  if (all.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(all, "tracing", skipped(noTracing))];
  const groups = Map.groupBy(faults, ({ proof }) => `${proof.errno} ${proof.kind}`);
  return [
    ...[...groups.values()].map((group) => ({ size: group.length, run: () => inject(setting, group) })),
    ...bits.map((each) => ({ size: 1, run: () => failSecurebits(setting, each) })),
  ];
}

/** Tries one errno on one kind, in all the modes that are asked for; mode 1 is the control. */
async function inject(setting: Setting, group: readonly ProvedBy<"fault">[]): Promise<Case[]> {
  const { errno, kind } = (group[0] as ProvedBy<"fault">).proof;
  const entry = setting.adapter.channels[kind]?.[0];
  if (entry === undefined) return allAlike(group, kind, NOT_OFFERED);
  const way = { kind, form: "executable" } as const;
  const play = (mode: Mode) => makeAttempt(setting, { way, entry, mode, before: withFault(setting, errno) });
  const control = await play(1);
  const cases: Case[] = [];
  for (const { id, proof, level } of group) {
    const observed = proof.mode === 1 ? control : await play(proof.mode);
    const expect = proof.mode === 1 ? "run" : "refuse";
    cases.push({
      id,
      entry: `${kind}/${entry.name}`,
      ...judgeAttempt({ way, expect, level }, observed, control),
      evidence: "missing" in observed ? [] : [evidenceOf(`execveat failed with ${errno}`, observed)],
    });
  }
  return cases;
}

function withFault({ workplace }: Setting, errno: Fault): string[] {
  return injecting(join(workplace.folder(workplace.user).path, "trace"), "execveat", `error=${errno}`);
}

/**
 * strace can make the n-th prctl fail, whatever it asks: a first run finds the n of the first PR_GET_SECUREBITS.
 */
async function failSecurebits(setting: Setting, of: Requirement): Promise<Case[]> {
  const { workplace, adapter } = setting;
  const entry = adapter.channels.script?.[0];
  const none = (reason: string) => allAlike([of], "script", skipped(reason));
  if (entry === undefined) return none("the adapter names no script");
  const folder = workplace.folder(workplace.user).path;
  const attempt = { way: { kind: "script", form: "executable" }, entry, mode: 1 } as const;
  const log = join(folder, "first");
  const first = await makeAttempt(setting, { ...attempt, before: tracing(log), log });
  if ("missing" in first) return none(first.missing);
  const nth = firstAsking(quietly(() => readFileSync(log, "latin1")) ?? "");
  if (nth === undefined) return none("PR_GET_SECUREBITS is never asked");
  const before = injecting(join(folder, "second"), "prctl", `error=EPERM:when=${nth}+`);
  const seen = await makeAttempt(setting, { ...attempt, before });
  if ("missing" in seen) return none(seen.missing);
  const finding = noted(
    seen.ran
      ? "open: where the securebits cannot be known, it runs as in mode 1"
      : "closed: where the securebits cannot be known, nothing runs",
  );
  const evidence = [evidenceOf("prctl failed with EPERM", seen)];
  return [{ id: of.id, entry: `script/${entry.name}`, ...finding, evidence }];
}

/** Which prctl of its process is the first to ask for the securebits, counted from 1; undefined if none does. */
function firstAsking(log: string): number | undefined {
  const calls = readStraceLog(log).calls.filter(({ name }) => name === "prctl");
  const asked = calls.find(({ args }) => numberIn(args[0]) === PR_GET_SECUREBITS);
  if (asked === undefined) return undefined;
  return calls.filter(({ pid }) => pid === asked.pid).indexOf(asked) + 1;
}
