/** Lets the kernel's answers fail, by strace's fault injection, and observes whether that opens anything. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import { PR_GET_SECUREBITS } from "../../linux/uapi.ts";
import { attempt, type Setting } from "../attempt/attempt.ts";
import { type Case, evidenceOf } from "../findings/findings.ts";
import { judge } from "../findings/verdict.ts";
import type { Fault, Requirement } from "../requirements/requirements.ts";
import { quietly } from "../sandbox/processes.ts";
import { injecting, tracing } from "../trace/strace.ts";
import { numberIn, readStraceLog } from "../trace/strace-log.ts";
import type { Job } from "./by-channel.ts";
import { skippedJob } from "./by-trace.ts";

type ByFault = Extract<Requirement["proof"], { by: "fault" }>;

export function faultJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  missing: string | undefined,
): Job[] {
  const faults = wanted.flatMap(({ id, proof }) => (proof.by === "fault" ? [{ id, proof }] : []));
  const bits = wanted.filter(({ proof }) => proof.by === "securebits-fault");
  const all = [...faults, ...bits];
  if (all.length === 0) return [];
  if (missing !== undefined) return [skippedJob(all, missing)];
  const groups = Map.groupBy(faults, ({ proof }) => `${proof.errno} ${proof.kind}`);
  return [
    ...[...groups.values()].map((group) => ({ size: group.length, run: () => inject(setting, group) })),
    ...bits.map(({ id }) => ({ size: 1, run: () => failSecurebits(setting, id) })),
  ];
}

/** One errno for one kind of source; mode 1 is the control, as everywhere. */
async function inject(setting: Setting, group: readonly { id: string; proof: ByFault }[]): Promise<Case[]> {
  const { errno, kind } = (group[0] as (typeof group)[number]).proof;
  const entry = setting.adapter.channels[kind]?.[0];
  if (entry === undefined) {
    return group.map(({ id }) => ({
      id,
      entry: kind,
      verdict: "not offered",
      reason: "the adapter names no such channel",
      evidence: [],
    }));
  }
  const play = (mode: Mode) =>
    attempt(setting, { kind, entry, form: "executable", mode, before: withFault(setting, errno) });
  const control = await play(1);
  const cases: Case[] = [];
  for (const { id, proof } of group) {
    const observed = proof.mode === 1 ? control : await play(proof.mode);
    const expect = proof.mode === 1 ? "run" : "refuse";
    cases.push({
      id,
      entry: `${kind}/${entry.name}`,
      ...judge({ kind, expect, level: "MUST" }, observed, control),
      evidence: "missing" in observed ? [] : [evidenceOf(`execveat failed with ${errno}`, observed)],
    });
  }
  return cases;
}

function withFault({ place }: Setting, errno: Fault): string[] {
  return injecting(join(place.folder(place.user).path, "trace"), "execveat", `error=${errno}`);
}

/**
 * strace can fail the n-th prctl, whatever it asks: so the n of the first PR_GET_SECUREBITS is found in a run of its own.
 */
async function failSecurebits(setting: Setting, id: string): Promise<Case[]> {
  const entry = setting.adapter.channels.script?.[0];
  const skipped = (reason: string): Case[] => [
    { id, entry: "script", verdict: "skipped", reason, evidence: [] },
  ];
  if (entry === undefined) return skipped("the adapter names no script");
  const folder = setting.place.folder(setting.place.user).path;
  const way = { kind: "script", entry, form: "executable", mode: 1 } as const;
  const log = join(folder, "first");
  const first = await attempt(setting, { ...way, before: tracing(log), log });
  if ("missing" in first) return skipped(first.missing);
  const calls = readStraceLog(quietly(() => readFileSync(log, "latin1")) ?? "").calls.filter(
    ({ name }) => name === "prctl",
  );
  const asked = calls.find(({ args }) => numberIn(args[0]) === PR_GET_SECUREBITS);
  if (asked === undefined) return skipped("PR_GET_SECUREBITS is never asked");
  const nth = calls.filter(({ pid }) => pid === asked.pid).indexOf(asked) + 1;
  const fault = injecting(join(folder, "second"), "prctl", `error=EPERM:when=${nth}+`);
  const seen = await attempt(setting, { ...way, before: fault });
  if ("missing" in seen) return skipped(seen.missing);
  const reason = seen.ran
    ? "open: where the securebits cannot be known, it runs as in mode 1"
    : "closed: where the securebits cannot be known, nothing runs";
  const evidence = [evidenceOf("prctl failed with EPERM", seen)];
  return [{ id, entry: `script/${entry.name}`, verdict: "noted", reason, evidence }];
}
