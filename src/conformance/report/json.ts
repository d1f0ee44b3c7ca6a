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
import type { Verdict } from "../findings/verdict.ts";
import type { Level } from "../requirements/expectations.ts";

/** Raised when a reader of an older report would misread a newer one. */
export const REPORT_VERSION = 1;

export interface JsonReport {
  readonly version: number;
  readonly kit: string;
  readonly date: string;
  readonly kernel: string;
  readonly uid: number;
  readonly interpreters: readonly JsonInterpreter[];
}

export interface JsonInterpreter extends Subject {
  /** Whether something holds, and no MUST is broken. */
  readonly conforms: boolean;
  readonly ms: number;
  readonly tally: Tally;
  readonly requirements: readonly {
    readonly id: string;
    readonly level: Level;
    readonly verdict: Verdict;
    readonly cases: readonly Omit<Case, "id">[];
  }[];
}

export function jsonReport(all: readonly Findings[], uid: number, date: Date): JsonReport {
  return {
    version: REPORT_VERSION,
    kit: VERSION,
    date: date.toISOString(),
    kernel: release(),
    uid,
    interpreters: all.map((findings) => {
      const counts = tally(findings);
      return {
        ...findings.subject,
        conforms: counts.brokenMust === 0 && counts.holds > 0,
        ms: findings.ms,
        tally: counts,
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
