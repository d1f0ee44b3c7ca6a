/** What a trace is asked: one row a requirement. proofs/trace-questions.ts does not compile unless it answers each. */
import type { Level } from "./expectations.ts";
import type { SourceId } from "./sources.ts";

type TraceRow = readonly [
  group: "check" | "securebits",
  name: string,
  level: Level,
  question: string,
  from: SourceId,
  sentence: string,
];

// biome-ignore format: a table, one row a requirement.
export const TRACE_ROWS = [
  ["check", "always", "MUST", "always", "doc.always", "Every regular file that code comes from is checked with AT_EXECVE_CHECK, in every mode."],
  ["check", "streams", "SHOULD", "streams", "ours.streams-checked", "A pipe, a socket or a terminal that code comes from is checked with AT_EXECVE_CHECK, in every mode."],
  ["check", "empty-path", "MUST", "empty-path", "doc.descriptor", "The check is made with AT_EMPTY_PATH and an empty path, never by name."],
  ["check", "descriptor", "MUST", "descriptor", "doc.descriptor", "The code is read from the open file that was checked, not from one that was opened apart from it."],
  ["check", "before-interpretation", "MUST", "before-interpretation", "doc.restrict-file", "The check is made before anything of the code runs."],
  ["check", "before-read", "SHOULD", "before-read", "ours.before-read", "The check is made before the first byte of the code is read."],
  ["check", "argv", "SHOULD", "argv", "ours.argv", "The check is given an argv whose first word names what is run."],
  ["check", "envp", "SHOULD", "envp", "ours.envp", "The check is given an environment, not NULL."],
  ["securebits", "asked", "MUST", "securebits", "doc.securebits", "The securebits are asked of the kernel before anything of the code runs."],
] as const satisfies readonly TraceRow[];

export type Question = (typeof TRACE_ROWS)[number][3];
