/** The report for programs, as docs/report.schema.json describes it. The other reports are made from it. */
import { kernelRelease } from "../../linux/kernel-release.ts";
import { VERSION } from "../../program/version.ts";
import {
  byRequirement,
  type Case,
  type Findings,
  type Subject,
  type Tally,
  tally,
} from "../findings/findings.ts";
import { type Outcome, outcomeOf, type Scope, scopeOf } from "../findings/scope.ts";
import type { Verdict } from "../findings/verdict.ts";
import type { Level } from "../requirements/expectations.ts";
import { apart, conclusion, headline, isBrokenIn, MEANING, notes, repair } from "./sentences.ts";

/** Raised when a reader of an older report would misread a newer one. */
export const REPORT_VERSION = 2;

export interface JsonReport {
  readonly version: number;
  readonly kit: string;
  readonly date: string;
  readonly kernel: string;
  readonly uid: number;
  /** What a verdict means, and what it does not. */
  readonly meaning: string;
  readonly interpreters: readonly JsonInterpreter[];
}

export interface JsonInterpreter extends Subject {
  /** Every MUST that applies was tried and holds, and the adapter names what nearly every interpreter takes. */
  readonly conforms: boolean;
  readonly outcome: Outcome;
  /** What has to be known of how it was judged: what was declared of it, or should be, and the time that it was given. */
  readonly notes: readonly string[];
  /** The number to see first: how many were refused of those that had to be. */
  readonly headline: string;
  /** What holds where nothing had to be refused, which is counted apart. */
  readonly apart: string;
  /** The outcome as a sentence, with how many were tried. */
  readonly conclusion: string;
  readonly ms: number;
  readonly must: Scope;
  readonly tally: Tally;
  readonly requirements: readonly {
    readonly id: string;
    readonly level: Level;
    readonly verdict: Verdict;
    /** What a broken requirement says, what that mostly comes from, and where the repair is described. */
    readonly repair?: string;
    readonly cases: readonly Omit<Case, "id">[];
  }[];
}

/** @param date In ISO 8601. */
export function jsonReport(all: readonly Findings[], uid: number, date: string): JsonReport {
  return {
    version: REPORT_VERSION,
    kit: VERSION,
    date,
    kernel: kernelRelease(),
    uid,
    meaning: MEANING,
    interpreters: all.map((findings) => {
      const found = byRequirement(findings);
      const isBroken = isBrokenIn(found.map(({ requirement: { id }, verdict }) => ({ id, verdict })));
      const must = scopeOf(findings);
      const outcome = outcomeOf(must);
      return {
        ...findings.subject,
        conforms: outcome === "conforms",
        outcome,
        notes: notes(findings),
        headline: headline(must),
        apart: apart(must),
        conclusion: conclusion(must),
        ms: findings.ms,
        must,
        tally: tally(findings),
        requirements: found.map(({ requirement, verdict, cases }) => ({
          id: requirement.id,
          level: requirement.level,
          verdict,
          ...(verdict === "broken" ? { repair: repair(requirement, isBroken) } : {}),
          cases: cases.map(({ entry, verdict, reason, evidence }) => ({ entry, verdict, reason, evidence })),
        })),
      };
    }),
  };
}
