/** How much of others' output is shown, in characters: enough to understand it, and little enough for a report. */
export const SHOWN = {
  /** Of each stream, in the evidence. */
  output: 2000,
  /** Of a line: a version, a line of a trace that is not understood. */
  line: 200,
  /** Of an interpreter's complaint, in a reason. */
  complaint: 160,
} as const;
