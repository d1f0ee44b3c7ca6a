/** Tries a channel in the modes that are asked for; first in mode 1, which is the control of the others. */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Entry } from "../adapter/adapter.ts";
import type { Attempt, Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { type Asked, judgeAttempt } from "../findings/judge-attempt.ts";
import { type Finding, holds } from "../findings/verdict.ts";
import { modeObeyed } from "../requirements/always.ts";
import type { Channel } from "../requirements/channels.ts";
import { type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import { controlOf, isPromptRefused } from "./control.ts";
import type { FilesOfOthers } from "./files-of-others.ts";
import { foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** The jobs for the requirements that a channel proves. */
export function channelJobs(setting: Setting, wanted: readonly Requirement[], others: FilesOfOthers): Job[] {
  const channels = Map.groupBy(provedBy("channel", wanted), ({ proof }) => proof.channel);
  return [...channels].flatMap(([channel, of]) => {
    const entries = (setting.adapter.channels[channel.kind] ?? []).filter(
      (entry) => channel.form !== "again-through-noexec" || entry.again !== undefined,
    );
    if (entries.length === 0) return [foundAlready(of, channel.kind, NOT_OFFERED)];
    return entries.map((entry) => ({
      size: of.length,
      run: () => play(setting, others, channel, entry, of),
    }));
  });
}

/** Tries a channel with one entry of the adapter, in the modes of these requirements. */
async function play(
  setting: Setting,
  others: FilesOfOthers,
  channel: Channel,
  entry: Entry,
  of: readonly ProvedBy<"channel">[],
): Promise<Case[]> {
  const { locked } = channel;
  const shared = { way: channel, entry, locked };
  const attempt = (mode: Mode) =>
    channel.form === "executable" && !locked
      ? others.executable(channel.kind, entry, mode)
      : makeAttempt(setting, { ...shared, mode });
  const inMode1 = await attempt(1);
  const control = await controlOf(setting, shared, inMode1);
  const name = `${channel.kind}/${entry.name}`;
  const cases: Case[] = [];
  for (const { id, proof, level } of of) {
    const { mode } = proof;
    const obeyed = modeObeyed(mode, setting.always);
    // Where it does not run unrestricted, the other modes prove nothing.
    const isFirst = mode === 1 || "missing" in inMode1 || (control === inMode1 && !inMode1.ran);
    const observed = isFirst ? inMode1 : await attempt(mode);
    const asked = {
      way: channel,
      expect: channel.expect[obeyed - 1] as Channel["expect"][number],
      level: channel.levels[obeyed - 1] as Channel["levels"][number],
      obeyed,
      isBehindPrompt: isPromptRefused(channel.kind, entry, obeyed),
    };
    const inMode = "missing" in observed ? observed : { ...observed, mode };
    const judged = judgeAttempt(asked, inMode, control);
    const found =
      (await blamed(others, asked, judged, { way: channel, entry, mode })) ??
      // To such a build it is a choice, and no answer breaks what the requirement asks of others.
      (judged.verdict === "noted" && level !== "CHOICE" ? holds(`a choice: ${judged.reason}`) : judged);
    const isShifted = obeyed !== mode && found.verdict !== "skipped";
    cases.push({
      id,
      entry: name,
      ...found,
      ...(isShifted ? { reason: `as in mode ${obeyed}: ${found.reason}` } : {}),
      evidence: [
        ...("missing" in observed || observed === control ? [] : [evidenceOf("the case", observed)]),
        ...("missing" in control
          ? []
          : [evidenceOf(mode === 1 && observed === control ? "the case" : "the control", control)]),
      ],
    });
  }
  return cases;
}

/** What is found where another file than the case's was refused, and stands for the case. */
async function blamed(
  others: FilesOfOthers,
  { expect, level }: Asked,
  { verdict }: Finding,
  attempt: Pick<Attempt, "way" | "entry" | "mode">,
): Promise<Finding | undefined> {
  if (level === "CHOICE") return undefined;
  if (expect === "run" && verdict === "broken") return others.insteadOf(attempt);
  return expect === "refuse" && verdict === "holds" ? others.before(attempt) : undefined;
}
