/** The work of a run, in pieces. */
import type { Case } from "../findings/findings.ts";
import { type Finding, notOffered } from "../findings/verdict.ts";

/** What can be done on its own: cases that share their controls. */
export interface Job {
  /** How many cases it gives. */
  readonly size: number;
  readonly run: () => Promise<readonly Case[]>;
}

/** What is found of requirements whose channel the adapter does not have. */
export const NOT_OFFERED: Finding = notOffered("the adapter names no such channel");

/** One case of each requirement, with one finding for all. */
export function allAlike(of: readonly { readonly id: string }[], entry: string, finding: Finding): Case[] {
  return of.map(({ id }) => ({ id, entry, ...finding, evidence: [] }));
}

/** A job that has nothing to do to find this of all the requirements. */
export function foundAlready(...found: Parameters<typeof allAlike>): Job {
  return { size: found[0].length, run: async () => allAlike(...found) };
}
