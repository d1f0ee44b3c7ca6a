/**
 * What an enlightened interpreter has to do, as data. The plan of a run, every report and docs/requirements.md are made
 * from it.
 */
import { CHANNELS } from "./channels.ts";
import { MODES } from "./expectations.ts";
import { FAULT_ROWS } from "./faults.ts";
import { idOf } from "./id.ts";
import { TRACE_ROWS } from "./questions.ts";
import type { Requirement } from "./requirement.ts";

const BY_CHANNEL: readonly Requirement[] = CHANNELS.flatMap((channel) =>
  MODES.flatMap((mode) => {
    const { group, name, what, from } = channel;
    const level = channel.levels[mode - 1] ?? null;
    if (level === null) return [];
    const verb =
      level === "CHOICE" ? "runs or is refused" : channel.expect[mode - 1] === "run" ? "runs" : "is refused";
    const sentence = `In mode ${mode}, ${what}: it ${verb}.`;
    const id = idOf(group, name, mode);
    return [{ id, group, level, sentence, from, proof: { by: "channel" as const, channel, mode } }];
  }),
);

const BY_TRACE: readonly Requirement[] = TRACE_ROWS.map(([group, name, level, question, from, sentence]) => ({
  id: idOf(group, name),
  group,
  level,
  sentence,
  from,
  proof: { by: "trace", question },
}));

const BY_FAULT: readonly Requirement[] = FAULT_ROWS.flatMap(([kind, refusedIn, what]) =>
  ([1, refusedIn] as const).map((mode): Requirement => {
    const verb = mode === 1 ? "runs" : "is refused";
    return {
      id: idOf("fault", kind, mode),
      group: "fault",
      level: "MUST",
      sentence: `Where the check fails, with whatever errno, in mode ${mode}, ${what}: it ${verb}.`,
      from: mode === 1 ? "doc.modes" : "ours.fails-closed",
      proof: { by: "fault", kind, mode },
    };
  }),
);

const OTHERS: readonly Requirement[] = [
  {
    id: idOf("race", "swapped-away"),
    group: "race",
    level: "MUST",
    sentence:
      "A link to an executable script that is turned to another while the check is under way lets nothing of the other run in mode 2.",
    from: "doc.descriptor",
    proof: { by: "race", swap: "to-bad" },
  },
  {
    id: idOf("race", "swapped-back"),
    group: "race",
    level: "MUST",
    sentence:
      "A link to a script without execute permission that is turned to an executable one while the check is under way lets nothing of the first run in mode 2.",
    from: "doc.descriptor",
    proof: { by: "race", swap: "to-good" },
  },
  {
    id: idOf("race", "moved-offset"),
    group: "race",
    level: "SHOULD",
    sentence:
      "Standard input from an executable file, whose beginning another process reads away through the same open file while the check is under way, lets nothing of the rest run in mode 3.",
    from: "ours.offset",
    proof: { by: "moved-offset" },
  },
  {
    id: idOf("fault", "securebits"),
    group: "fault",
    level: "CHOICE",
    sentence:
      "Where PR_GET_SECUREBITS fails: does it refuse what is not known to pass (closed) or run as in mode 1 (open)?",
    from: "doc.securebits",
    proof: { by: "securebits-fault" },
  },
];

export const REQUIREMENTS: readonly Requirement[] = [...BY_CHANNEL, ...BY_TRACE, ...BY_FAULT, ...OTHERS];
