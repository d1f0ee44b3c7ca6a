/**
 * The five verdicts: how each is shown, and how each is made. Whoever judges (judge-attempt.ts, and in proofs/ the
 * traces, the faults and the races) makes a finding with one of the functions here, and in no other way.
 */
import type { Level } from "../requirements/expectations.ts";

/** What stands for a verdict, wherever one is shown. */
interface Shown {
  readonly word: string;
  /** On pages. */
  readonly sign: string;
  /** In the live matrix: one character of ASCII. */
  readonly cell: string;
  /** In the matrix. */
  readonly mark: string;
  /** In docs/results.json. */
  readonly letter: string;
  /** On a terminal: an ANSI escape. */
  readonly colour: string;
}

/** `noted` is for a CHOICE: it has an answer, and no answer is wrong. */
export const VERDICTS = {
  holds: { word: "holds", sign: "✓", cell: "+", mark: "ok", letter: "h", colour: "\x1b[32m" },
  broken: { word: "broken", sign: "✗", cell: "X", mark: "BROKEN", letter: "B", colour: "\x1b[1;31m" },
  skipped: { word: "skipped", sign: "○", cell: "s", mark: "skip", letter: "s", colour: "\x1b[33m" },
  "not offered": { word: "not offered", sign: "–", cell: "-", mark: "-", letter: "-", colour: "\x1b[2m" },
  noted: { word: "noted", sign: "?", cell: "?", mark: "noted", letter: "n", colour: "\x1b[36m" },
} as const satisfies Readonly<Record<string, Shown>>;

export type Verdict = keyof typeof VERDICTS;

/** Puts a text for a terminal in a verdict's colour. */
export function painted(verdict: Verdict, text: string): string {
  return `${VERDICTS[verdict].colour}${text}\x1b[0m`;
}

/** A verdict, and the reason for it. */
export interface Finding {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Nothing could be seen where something may have happened: the requirement cannot be said to hold by its other cases. */
  readonly isBlind?: true;
}

export const holds = (reason: string): Finding => ({ verdict: "holds", reason });
export const broken = (reason: string): Finding => ({ verdict: "broken", reason });
export const skipped = (reason: string): Finding => ({ verdict: "skipped", reason });
export const blind = (reason: string): Finding => ({ verdict: "skipped", reason, isBlind: true });
export const notOffered = (reason: string): Finding => ({ verdict: "not offered", reason });
export const noted = (reason: string): Finding => ({ verdict: "noted", reason });

/**
 * Whether this verdict means that the interpreter does not conform.
 *
 * @param strict Whether a broken SHOULD counts, too.
 */
export function isFailure(
  found: { readonly verdict: Verdict; readonly level: Level },
  strict = false,
): boolean {
  return found.verdict === "broken" && (strict || found.level === "MUST");
}

/** Whether nothing was found out, for whatever reason. */
export function isUntried(verdict: Verdict): boolean {
  return verdict === "skipped" || verdict === "not offered";
}

const WORST_FIRST: readonly ((found: Finding) => boolean)[] = [
  ({ verdict }) => verdict === "broken",
  ({ isBlind }) => isBlind === true,
  ({ verdict }) => verdict === "noted",
  ({ verdict }) => verdict === "holds",
  ({ verdict }) => verdict === "skipped",
];

/** The verdict on a requirement from what was found of all its cases. */
export function worst(found: readonly Finding[]): Verdict {
  for (const is of WORST_FIRST) {
    const [first] = found.filter(is);
    if (first !== undefined) return first.verdict;
  }
  return "not offered";
}
