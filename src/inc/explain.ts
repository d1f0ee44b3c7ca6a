import { AdmissionError, type Examination, examine, type Origin } from "../exec-check/exec-check.ts";

/** What `--explain` found out about one source: what would be decided, or why that cannot be known. */
export type Explanation = Examination | AdmissionError;

/**
 * Makes the real check of each source, as an admission would. Reads no byte of them and runs nothing.
 *
 * @param securebits The bits that would be obeyed.
 */
export function explain(origins: readonly Origin[], securebits: number): Explanation[] {
  return origins.map((origin) => {
    try {
      return examine(origin, { securebits });
    } catch (error) {
      if (error instanceof AdmissionError) return error;
      throw error;
    }
  });
}

/** Would all of them run? */
export function allRun(explanations: readonly Explanation[]): boolean {
  return explanations.every((one) => !(one instanceof AdmissionError) && one.decision.run);
}
