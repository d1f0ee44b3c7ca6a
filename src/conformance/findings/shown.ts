/** How much is shown of what others wrote: enough to understand it, and a report stays small. In characters. */
export const SHOWN = {
  /** Of each stream, behind a verdict. */
  output: 2000,
  /** Of a line: an interpreter's version, a trace's line that is not understood. */
  line: 200,
  /** Of what an interpreter complained of, in a reason. */
  complaint: 160,
} as const;
