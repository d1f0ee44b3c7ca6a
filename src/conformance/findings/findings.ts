/** What a run found: plain data, which all reports are made from. */
import type { Enforced } from "../requirements/always.ts";
import type { Level } from "../requirements/expectations.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { REQUIREMENTS } from "../requirements/requirements.ts";
import type { Kind } from "../requirements/ways.ts";
import { type Finding, type Verdict, worst } from "./verdict.ts";

/** One case of a requirement: what one entry of the adapter did. */
export interface Case extends Finding {
  /** The id of the requirement. */
  readonly id: string;
  /** `script/argument`: the channel and the entry's name. */
  readonly entry: string;
  readonly evidence: readonly Evidence[];
}

/** What a verdict rests on, for a person to look at and to repeat. */
export interface Evidence {
  readonly what: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mode: number;
  readonly marker: string;
  readonly ran: boolean;
  readonly status: number | null;
  readonly signal: string | null;
  readonly hung: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface Subject {
  readonly name: string;
  readonly title: string;
  readonly interpreter: string;
  readonly version: string;
  /** What this build is declared to enforce always: the modes are judged accordingly. */
  readonly always?: readonly Enforced[];
  /** The program that was declared to be the same without that, if one was. */
  readonly twin?: string;
  /** The arguments that name it on the command line. */
  readonly given: readonly string[];
  /** The kinds of sources that its adapter names. */
  readonly kinds: readonly Kind[];
  /** Of one that starts slowly: how long a program of one line takes, and how long a case could take, in milliseconds. */
  readonly startMs?: number;
  readonly timeoutMs?: number;
}

/** All that was found about one interpreter. */
export interface Findings {
  readonly subject: Subject;
  readonly cases: readonly Case[];
  readonly ms: number;
}

/** How far a run is. */
export interface Progress {
  /** Cases done, of how many. */
  readonly done: number;
  readonly of: number;
  /** Time since the beginning of the run. */
  readonly ms: number;
  /** What was found since the last time. */
  readonly found: readonly Case[];
}

export interface RequirementFinding {
  readonly requirement: Requirement;
  readonly verdict: Verdict;
  readonly cases: readonly Case[];
}

/** The findings by requirement, in the order of the requirements; those that were not asked for are left out. */
export function byRequirement(findings: Findings): RequirementFinding[] {
  return REQUIREMENTS.flatMap((requirement) => {
    const cases = findings.cases.filter(({ id }) => id === requirement.id);
    if (cases.length === 0) return [];
    return [{ requirement, verdict: worst(cases), cases }];
  });
}

/** How many requirements came to which verdict. */
export interface Tally {
  readonly holds: number;
  readonly broken: number;
  readonly skipped: number;
  readonly notOffered: number;
  readonly brokenMust: number;
  readonly brokenShould: number;
}

export function tally(findings: Findings): Tally {
  const all = byRequirement(findings);
  const count = (verdict: Verdict, level?: Level) =>
    all.filter(
      (each) => each.verdict === verdict && (level === undefined || each.requirement.level === level),
    ).length;
  return {
    holds: count("holds"),
    broken: count("broken"),
    skipped: count("skipped"),
    notOffered: count("not offered"),
    brokenMust: count("broken", "MUST"),
    brokenShould: count("broken", "SHOULD"),
  };
}
