/**
 * The interpreters that test the kit: subject.c, compiled with one defect each, and what each defect breaks. The lists
 * were written from the rules, before the kit was run on any of them.
 */
import { CHANNELS } from "../../../../src/conformance/requirements/channels.ts";
import type { Expectation } from "../../../../src/conformance/requirements/expectations.ts";
import { FAULT_ROWS, type FaultKind } from "../../../../src/conformance/requirements/faults.ts";
import { GROUPS, type Group } from "../../../../src/conformance/requirements/groups.ts";
import { idOf } from "../../../../src/conformance/requirements/id.ts";
import type { Kind } from "../../../../src/conformance/requirements/ways.ts";

export interface Subject {
  /** The macro that subject.c is compiled with. */
  readonly defect: string;
  readonly breaks: readonly string[];
  /** What it concerns: ids, or beginnings of ids. Where none are named, all but most of the faults. */
  readonly concerns?: readonly string[];
}

/** An errno on each kind in two modes takes longer than all the rest, and most subjects take one kind like the other. */
const USUAL_FAULTS: readonly FaultKind[] = ["script", "stdin"];

/** What to judge a subject by: ids, or beginnings of ids; none for everything, as with SLOW=1. */
export function judgedBy({ breaks, concerns }: Omit<Subject, "defect">): string[] {
  if (process.env.SLOW === "1") return [];
  if (concerns !== undefined) return [...concerns];
  const broken = FAULT_ROWS.map(([kind]) => kind).filter((kind) =>
    breaks.some((id) => id.startsWith(idOf("fault", `${kind}.`))),
  );
  const faults = broken.length > USUAL_FAULTS.length ? USUAL_FAULTS : broken;
  const groups = (Object.keys(GROUPS) as Group[]).filter((group) => group !== "fault");
  return [...groups, idOf("fault", "securebits"), ...faults.map((kind) => idOf("fault", kind))];
}

/** `at("snippet", 3, 4)`: snippet.mode-3 and snippet.mode-4. */
function at(channel: string, ...modes: readonly number[]): string[] {
  return modes.map((mode) => `${channel}.mode-${mode}`);
}

const each = (channels: readonly string[], ...modes: readonly number[]) =>
  channels.flatMap((channel) => at(channel, ...modes));

const NAMED_PIPES = ["stream.dev-stdin", "stream.proc-fd", "stream.process-substitution", "stream.fifo"];
const LOADED_PIPES = ["startup.fifo", "module.fifo"];
const USER_COMMANDS = ["stdin.not-executable", "stdin.noexec-mount", "stdin.pipe", "stdin.socket"];

/** The requirements to refuse when the check itself fails. */
const faultsRefused = (but: readonly FaultKind[] = []) =>
  FAULT_ROWS.filter(([kind]) => !but.includes(kind)).flatMap(([kind, mode]) => at(`fault.${kind}`, mode));

/** What else is a file: held for writing, it is refused. */
const LOADED = ["startup", "module", "option", "by-name", "compiled"] as const;
const heldForWriting = (kinds: readonly string[] = LOADED) =>
  each(
    kinds.map((kind) => `${kind}.held-for-writing`),
    2,
    4,
  );

/** The kind that the subject does not have. */
const NOT_OFFERED: readonly Kind[] = ["native"];

/** The ids of all requirements with this expectation, except those of some kinds. */
function expecting(expectation: Expectation, but: readonly Kind[] = []): string[] {
  return CHANNELS.filter(({ kind }) => ![...NOT_OFFERED, ...but].includes(kind)).flatMap(
    ({ id, expect, levels }) =>
      [1, 2, 3, 4]
        .filter((mode) => {
          const level = levels[mode - 1] ?? null;
          return expect[mode - 1] === expectation && level !== null && level !== "CHOICE";
        })
        .flatMap((mode) => at(id, mode)),
  );
}

export const SOUND: readonly string[] = [
  "SOUND",
  "REFUSES_WITH_126",
  "READS_BY_MMAP",
  "READS_A_DUPLICATE",
  "REOPENS_THE_DESCRIPTOR",
  "READS_IN_A_CHILD",
  "FAILS_OPEN_WITHOUT_SECUREBITS",
  "READS_IN_A_WORKER",
  "READS_WHAT_A_SOCKET_BROUGHT",
  "STARTS_THREADS_WHILE_IT_CHECKS",
  "IGNORES_A_REFUSED_VARIABLE",
  "SKIPS_A_REFUSED_STARTUP_FILE",
  "ASKS_LATE",
  "TRIES_AGAIN_WHEN_INTERRUPTED",
  "NAMES_THE_DESCRIPTOR",
  "BUFFERS_ITS_OUTPUT",
];

/** Those of the sound whose oddity is in how they take a check that fails. */
export const FAULTS_ARE_TRIED: readonly string[] = ["TRIES_AGAIN_WHEN_INTERRUPTED", "ASKS_LATE"];

export const MUTANTS: readonly Subject[] = [
  {
    defect: "NEVER_REFUSES_PIPES",
    breaks: [
      ...each(["stdin.pipe", "locked.pipe"], 3, 4),
      ...each(NAMED_PIPES, 2, 3, 4),
      ...each(LOADED_PIPES, 2, 4),
    ],
  },
  { defect: "SKIPS_THE_CHECK_IN_MODE_1", breaks: ["check.always", "check.streams"] },
  {
    defect: "USES_ST_MODE",
    breaks: [
      ...each(["file.noexec-mount", "file.owner-lacks-x", "file.held-for-writing", "file.landlock"], 2, 4),
      ...at("stdin.noexec-mount", 3, 4),
      ...each(
        LOADED.map((kind) => `${kind}.noexec-mount`),
        2,
        4,
      ),
      ...at("module.again-through-noexec", 2, 4),
      ...heldForWriting(),
      "check.always",
      "check.streams",
      // It takes a terminal for nothing executable, too.
      ...faultsRefused(["terminal"]),
    ],
  },
  { defect: "CHECKS_THE_PATH", breaks: ["check.empty-path", "check.descriptor", "race.swapped-back"] },
  { defect: "READS_BEFORE_THE_CHECK", breaks: ["check.before-read"] },
  {
    defect: "RUNS_THEN_EXITS_1",
    breaks: [...expecting("refuse"), ...faultsRefused(), "race.swapped-back", "race.moved-offset"],
  },
  { defect: "PEEKS_AT_THE_BEGINNING", breaks: ["check.before-read"] },
  { defect: "INTERPRETS_ANOTHER_OPEN_FILE", breaks: ["check.descriptor"] },
  { defect: "ASKS_WHETHER_TO_RUN_ANYWAY", breaks: at("file.asked-at-a-terminal", 2, 4) },
  {
    defect: "STARTS_WHERE_STANDARD_INPUT_STANDS",
    breaks: [...at("stdin.at-an-offset", 3, 4), "race.moved-offset"],
  },
  {
    defect: "RUNS_THE_STARTUP_FILE_UNCHECKED_BEFORE_THE_PROMPT",
    breaks: [
      ...each(["startup.not-executable", "startup.symlink-to-not-executable", "startup.noexec-mount"], 2, 4),
      ...at("startup.fifo", 2, 4),
      ...heldForWriting(["startup"]),
      ...at("fault.startup", 2),
      "check.always",
    ],
  },
  {
    defect: "RUNS_A_MODULE_AND_THEN_REFUSES_IT",
    breaks: [
      ...each(["module.not-executable", "module.symlink-to-not-executable", "module.noexec-mount"], 2, 4),
      ...each(["module.again-through-noexec", "module.fifo"], 2, 4),
      ...heldForWriting(["module"]),
      ...at("fault.module", 2),
    ],
  },
  { defect: "IGNORES_DENY_INTERACTIVE_FOR_SNIPPETS", breaks: at("snippet", 3, 4) },
  {
    defect: "IGNORES_DENY_INTERACTIVE_FOR_STDIN",
    breaks: [
      ...each([...USER_COMMANDS, "stdin.at-an-offset", "stdin.terminal", "locked.pipe"], 3, 4),
      ...each(["fault.stdin", "fault.terminal"], 3),
      "race.moved-offset",
    ],
  },
  { defect: "IGNORES_DENY_INTERACTIVE_FOR_THE_ENVIRONMENT", breaks: at("environment", 3, 4) },
  {
    defect: "IGNORES_RESTRICT_FILE_FOR_MODULES",
    breaks: [
      ...each(["module.not-executable", "module.symlink-to-not-executable", "module.noexec-mount"], 2, 4),
      ...at("module.again-through-noexec", 2, 4),
      // In mode 4 it is the other bit that refuses it.
      ...at("module.fifo", 2),
      ...heldForWriting(["module"]),
      ...at("fault.module", 2),
    ],
  },
  {
    defect: "IGNORES_RESTRICT_FILE_FOR_STARTUP",
    breaks: [
      ...each(["startup.not-executable", "startup.symlink-to-not-executable", "startup.noexec-mount"], 2, 4),
      ...at("startup.fifo", 2),
      ...heldForWriting(["startup"]),
      ...at("fault.startup", 2),
    ],
  },
  { defect: "GIVES_NO_ARGV", breaks: ["check.argv"] },
  { defect: "OPENS_THE_PATH_AGAIN", breaks: ["check.descriptor", "race.swapped-away"] },
  {
    defect: "FAILS_OPEN_WHEN_FILTERED",
    breaks: faultsRefused(),
  },
  {
    defect: "RUNS_NAMED_PIPES_IN_MODE_3",
    breaks: each([...NAMED_PIPES, "stream.terminal"], 3),
  },
  {
    defect: "RUNS_WHAT_IS_HELD_FOR_WRITING",
    breaks: [...at("file.held-for-writing", 2, 4), ...heldForWriting(), ...faultsRefused()],
  },
  {
    defect: "REFUSES_EVERYTHING",
    breaks: [
      ...expecting("run").filter((id) => id.endsWith(".mode-1")),
      ...FAULT_ROWS.flatMap(([kind]) => at(`fault.${kind}`, 1)),
    ],
  },
  {
    defect: "REFUSES_WITH_0",
    breaks: [...expecting("refuse"), ...faultsRefused()],
  },
  { defect: "REFUSES_BY_SIGNAL", breaks: [...expecting("refuse"), ...faultsRefused()] },
  {
    defect: "NEVER_ASKS_THE_SECUREBITS",
    breaks: [
      ...expecting("refuse"),
      ...faultsRefused(),
      "race.swapped-back",
      "race.moved-offset",
      "securebits.asked",
    ],
  },
  { defect: "GIVES_A_FOREIGN_ARGV", breaks: ["check.argv"], concerns: ["check"] },
  { defect: "GIVES_NO_ENVP", breaks: ["check.envp"], concerns: ["check"] },
  { defect: "NEVER_CHECKS_THE_PROMPT", breaks: ["check.streams"], concerns: ["check", "stdin"] },
  { defect: "NEVER_CHECKS_PIPES", breaks: ["check.streams"], concerns: ["check", "stream"] },
  {
    defect: "RUNS_ON_RARE_ERRNOS",
    breaks: faultsRefused(),
    concerns: ["fault.terminal", "fault.module", "fault.option"],
  },
  {
    defect: "RUNS_ON_ERRNOS_OF_NO_MANUAL_PAGE",
    breaks: faultsRefused(),
    concerns: ["fault.stdin", "fault.startup", "fault.by-name"],
  },
  {
    defect: "ONLY_EACCES_COUNTS_FOR_WHAT_IS_LOADED",
    breaks: [...heldForWriting(), ...faultsRefused(["script", "stdin", "terminal"])],
    concerns: [...LOADED, "fault.script", "fault.module", "fault.compiled"],
  },
  {
    defect: "NEVER_CHECKS_COMPILED_CODE",
    breaks: [
      ...each(["compiled.not-executable", "compiled.noexec-mount"], 2, 4),
      ...heldForWriting(["compiled"]),
      ...at("fault.compiled", 2),
      "check.always",
    ],
    concerns: ["compiled", "fault.compiled", "check"],
  },
];

/** The other kinds, as far as a mode of theirs is a requirement. */
function notOfferedWith(...offered: readonly Kind[]): string[] {
  return CHANNELS.filter(({ kind }) => !offered.includes(kind)).flatMap(({ id, levels }) =>
    at(id, ...[1, 2, 3, 4].filter((mode) => levels[mode - 1] !== null)),
  );
}

/**
 * The kernel's own sample, by what is known of it beforehand: it asks in every mode, on the descriptor that it reads, and
 * obeys both bits; but a path is to it a file, whatever it opens to, so that RESTRICT_FILE alone refuses a pipe. What is
 * not named here holds.
 */
export const KERNEL_SAMPLE = {
  broken: each([...NAMED_PIPES, "stream.terminal"], 3),
  "not offered": [
    ...notOfferedWith("script", "stdin", "snippet", "shebang"),
    ...FAULT_ROWS.slice(2).flatMap(([kind, mode]) => at(`fault.${kind}`, 1, mode)),
  ],
  // It can only count: two programs of it cannot be told apart.
  skipped: [...at("stdin.at-an-offset", 2, 3, 4), "race.moved-offset"],
  // It gives up where it cannot know the securebits.
  noted: ["fault.securebits"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
