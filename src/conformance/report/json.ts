/** The report for programs, as docs/report.schema.json describes it. The other reports are made from it. */
import { release } from "node:os";
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
import { conclusion, headline, MEANING } from "./sentences.ts";

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
  /** The number to see first: how many were refused of those that had to be. */
  readonly headline: string;
  /** The outcome as a sentence, with how many were tried. */
  readonly conclusion: string;
  readonly ms: number;
  readonly must: Scope;
  readonly tally: Tally;
  readonly requirements: readonly {
    readonly id: string;
    readonly level: Level;
    readonly verdict: Verdict;
    readonly cases: readonly Omit<Case, "id">[];
  }[];
}

/** @param date In ISO 8601. */
export function jsonReport(all: readonly Findings[], uid: number, date: string): JsonReport {
  return {
    version: REPORT_VERSION,
    kit: VERSION,
    date,
    kernel: release(),
    uid,
    meaning: MEANING,
    interpreters: all.map((findings) => {
      const must = scopeOf(findings);
      const outcome = outcomeOf(must);
      return {
        ...findings.subject,
        conforms: outcome === "conforms",
        outcome,
        headline: headline(must),
        conclusion: conclusion(must),
        ms: findings.ms,
        must,
        tally: tally(findings),
        requirements: byRequirement(findings).map(({ requirement: { id, level }, verdict, cases }) => ({
          id,
          level,
          verdict,
          cases: cases.map(({ entry, verdict, reason, evidence }) => ({ entry, verdict, reason, evidence })),
        })),
      };
    }),
  };
}
