/**
 * What an enlightened interpreter has to do, as data. The plan of a run, every report and docs/requirements.md are made
 * from it.
 */
import { CHANNELS } from "./channels.ts";
import { MODES } from "./expectations.ts";
import { idOf } from "./id.ts";
import { TRACE_ROWS } from "./questions.ts";
import { FAULTS, type Requirement } from "./requirement.ts";

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

/** An errno is tried on each of these. */
const FAULT_CASES = [
  { kind: "script", mode: 1, what: "an executable script" },
  { kind: "script", mode: 2, what: "an executable script" },
  { kind: "stdin", mode: 1, what: "standard input from an executable file" },
  { kind: "stdin", mode: 3, what: "standard input from an executable file" },
] as const;

const BY_FAULT: readonly Requirement[] = FAULTS.flatMap((errno) =>
  FAULT_CASES.map(({ kind, mode, what }): Requirement => {
    const verb = mode === 1 ? "runs" : "is refused";
    return {
      id: idOf("fault", `${errno}.${kind}`, mode),
      group: "fault",
      level: "MUST",
      sentence: `Where execveat fails with ${errno}, in mode ${mode}, ${what}: it ${verb}.`,
      from: mode === 1 ? "doc.modes" : "ours.fails-closed",
      proof: { by: "fault", errno, kind, mode },
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
    id: idOf("fault", "securebits"),
    group: "fault",
    level: "CHOICE",
    sentence: "Where PR_GET_SECUREBITS fails: does it refuse everything (closed) or run as in mode 1 (open)?",
    from: "doc.securebits",
    proof: { by: "securebits-fault" },
  },
];

export const REQUIREMENTS: readonly Requirement[] = [...BY_CHANNEL, ...BY_TRACE, ...BY_FAULT, ...OTHERS];
