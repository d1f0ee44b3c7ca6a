/** Plays a channel in the modes that are asked for, mode 1 first: it is the control of all others. */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Entry } from "../adapter/adapter.ts";
import { attempt, type Observation, type Setting } from "../attempt/attempt.ts";
import type { Missing } from "../attempt/stage.ts";
import { type Case, evidenceOf } from "../findings/findings.ts";
import { judge } from "../findings/verdict.ts";
import type { Channel, Requirement } from "../requirements/requirements.ts";

/** What can be done on its own: cases that share their controls. */
export interface Job {
  /** How many cases it gives. */
  readonly size: number;
  readonly run: () => Promise<Case[]>;
}

/** The jobs for these requirements, as far as they are found by playing channels. */
export function channelJobs(setting: Setting, wanted: readonly Requirement[]): Job[] {
  const modesOf = new Map<Channel, Mode[]>();
  for (const { proof } of wanted) {
    if (proof.by === "channel")
      modesOf.set(proof.channel, [...(modesOf.get(proof.channel) ?? []), proof.mode]);
  }
  return [...modesOf].flatMap(([channel, modes]) => {
    const entries = (setting.adapter.channels[channel.kind] ?? []).filter(
      (entry) => channel.form !== "again-through-noexec" || entry.again !== undefined,
    );
    if (entries.length === 0) return [notOffered(channel, modes)];
    return entries.map((entry) => ({
      size: modes.length,
      run: () => play(setting, channel, entry, modes),
    }));
  });
}

async function play(
  setting: Setting,
  channel: Channel,
  entry: Entry,
  modes: readonly Mode[],
): Promise<Case[]> {
  const way = { kind: channel.kind, entry, form: channel.form, locked: channel.locked };
  const control = await attempt(setting, { ...way, mode: 1 });
  const cases: Case[] = [];
  for (const mode of modes) {
    const id = `${channel.id}.mode-${mode}`;
    const name = `${channel.kind}/${entry.name}`;
    if (mode > 2 && channel.kind === "startup" && entry.prompt !== undefined) {
      const reason = "this startup file belongs to a prompt, which this mode refuses before it";
      cases.push({ id, entry: name, verdict: "skipped", reason, evidence: [] });
      continue;
    }
    // Without a control there is nothing to be learnt from the other modes.
    const observed = mode === 1 || !isRun(control) ? control : await attempt(setting, { ...way, mode });
    const expect = channel.expect[mode - 1] as Channel["expect"][number];
    const level = channel.levels[mode - 1] ?? null;
    const asMode = "missing" in observed ? observed : { ...observed, mode };
    cases.push({
      id,
      entry: name,
      ...judge({ kind: channel.kind, expect, level }, asMode, control),
      evidence: [
        ...("missing" in observed || observed === control ? [] : [evidenceOf("the case", observed)]),
        ...("missing" in control ? [] : [evidenceOf(mode === 1 ? "the case" : "the control", control)]),
      ],
    });
  }
  return cases;
}

function isRun(control: Observation | Missing): boolean {
  return !("missing" in control) && control.ran;
}

function notOffered(channel: Channel, modes: readonly Mode[]): Job {
  const reason = "the adapter names no such channel";
  return {
    size: modes.length,
    run: async () =>
      modes.map((mode) => ({
        id: `${channel.id}.mode-${mode}`,
        entry: channel.kind,
        verdict: "not offered",
        reason,
        evidence: [],
      })),
  };
}
