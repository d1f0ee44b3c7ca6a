/** Tries a channel in the modes that are asked for; first in mode 1, which is the control of the others. */
import type { Entry } from "../adapter/adapter.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Attempted } from "../attempt/observation.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { judgeAttempt } from "../findings/judge-attempt.ts";
import type { Channel } from "../requirements/channels.ts";
import { type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import { foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** The jobs for the requirements that a channel proves. */
export function channelJobs(setting: Setting, wanted: readonly Requirement[]): Job[] {
  const channels = Map.groupBy(provedBy("channel", wanted), ({ proof }) => proof.channel);
  return [...channels].flatMap(([channel, of]) => {
    const entries = (setting.adapter.channels[channel.kind] ?? []).filter(
      (entry) => channel.form !== "again-through-noexec" || entry.again !== undefined,
    );
    if (entries.length === 0) return [foundAlready(of, channel.kind, NOT_OFFERED)];
    return entries.map((entry) => ({ size: of.length, run: () => play(setting, channel, entry, of) }));
  });
}

/** Tries a channel with one entry of the adapter, in the modes of these requirements. */
async function play(
  setting: Setting,
  channel: Channel,
  entry: Entry,
  of: readonly ProvedBy<"channel">[],
): Promise<Case[]> {
  const { locked } = channel;
  const control = await makeAttempt(setting, { way: channel, entry, locked, mode: 1 });
  const name = `${channel.kind}/${entry.name}`;
  const cases: Case[] = [];
  for (const { id, proof, level } of of) {
    const { mode } = proof;
    // Without a control, the other modes prove nothing.
    const isControl = mode === 1 || !isRun(control);
    const observed = isControl ? control : await makeAttempt(setting, { way: channel, entry, locked, mode });
    const asked = {
      way: channel,
      expect: channel.expect[mode - 1] as Channel["expect"][number],
      level,
      isBehindPrompt: mode > 2 && channel.kind === "startup" && entry.prompt !== undefined,
    };
    const inMode = "missing" in observed ? observed : { ...observed, mode };
    cases.push({
      id,
      entry: name,
      ...judgeAttempt(asked, inMode, control),
      evidence: [
        ...("missing" in observed || isControl ? [] : [evidenceOf("the case", observed)]),
        ...("missing" in control ? [] : [evidenceOf(mode === 1 ? "the case" : "the control", control)]),
      ],
    });
  }
  return cases;
}

function isRun(control: Attempted): boolean {
  return !("missing" in control) && control.ran;
}
