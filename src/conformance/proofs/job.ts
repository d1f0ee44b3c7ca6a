/** The work of a run, in pieces. */
import type { Case } from "../findings/findings.ts";
import { type Finding, notOffered } from "../findings/verdict.ts";

/** A piece of work that can be done on its own. Cases that share a control are in one job. */
export interface Job {
  /** How many cases it gives. */
  readonly size: number;
  readonly run: () => Promise<readonly Case[]>;
}

/** The finding where the adapter has no entry for a channel. */
export const NOT_OFFERED: Finding = notOffered("the adapter names no such channel");

/** Makes one case for each requirement, all with the same finding. */
export function allAlike(of: readonly { readonly id: string }[], entry: string, finding: Finding): Case[] {
  return of.map(({ id }) => ({ id, entry, ...finding, evidence: [] }));
}

/** A job whose findings are known already. */
export function foundAlready(...found: Parameters<typeof allAlike>): Job {
  return { size: found[0].length, run: async () => allAlike(...found) };
}
