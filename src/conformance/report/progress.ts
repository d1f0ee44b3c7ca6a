/** Shows on a terminal how far the run is: by the live matrix, or by one line where there is no room for it. */
import { isatty } from "node:tty";
import { print } from "../../program/output.ts";
import type { Case, Progress } from "../findings/findings.ts";
import { painted, VERDICTS } from "../findings/verdict.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { type LiveState, liveLines, progressLine } from "./live.ts";

const REDRAW_MS = 100;

export interface Shown {
  readonly progress: (at: Progress) => void;
  /** Erases what was shown. */
  readonly end: () => void;
}

/** Begins to show the progress of one interpreter's run. */
export function showProgress(name: string, wanted: readonly Requirement[]): Shown {
  if (!isatty(2)) return { progress: () => {}, end: () => {} };
  const size = sizeOfTerminal();
  const start = performance.now();
  const cases: Case[] = [];
  let at: Progress | undefined;
  let shown: readonly string[] = [];
  const state = (): LiveState => {
    const { done, of } = at ?? { done: 0, of: 0 };
    const secondsLeft =
      at === undefined || done === 0 ? undefined : secondsLeftAt(at, performance.now() - start);
    return { name, wanted, cases, done, of, secondsLeft };
  };
  const draw = () => {
    if (at === undefined) return;
    const { columns, rows, canMove } = size();
    const whole = liveLines(state(), columns);
    const lines = canMove && whole.length < rows ? whole : [progressLine(state()).slice(0, columns - 1)];
    print(2, `${erased(shown, columns)}${(wantsColour() ? inColour(lines) : lines).join("\r\n")}`);
    shown = lines;
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    progress(now) {
      if (at === undefined) {
        at = now;
        draw();
      }
      at = now;
      cases.push(...now.found);
    },
    end() {
      clearInterval(timer);
      print(2, erased(shown, size().columns));
      shown = [];
    },
  };
}

/** Whether NO_COLOR is unset or empty (https://no-color.org). */
export function wantsColour(): boolean {
  const { NO_COLOR } = process.env;
  return NO_COLOR === undefined || NO_COLOR === "";
}

/** Only what holds and what is broken is in colour; the bar is not. */
function inColour([bar, ...lines]: readonly string[]): string[] {
  const paint = (alike: string, cell: string) => {
    const verdict = (["holds", "broken"] as const).find((each) => VERDICTS[each].cell === cell);
    return verdict === undefined ? alike : painted(verdict, alike);
  };
  return [bar as string, ...lines.map((line) => line.replace(/(.)\1*/gu, paint))];
}

/** Estimates the time left: the cases to come take as long as those that are done. */
function secondsLeftAt({ done, of, ms }: Progress, now: number): number {
  const whole = (ms / done) * of;
  return Math.max(done < of ? 1 : 0, Math.ceil((whole - now) / 1000));
}

/** Erases lines, from the first one. A terminal that became narrower has wrapped them. */
function erased(lines: readonly string[], columns: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  const up = rows > 1 ? `\x1b[${rows - 1}A` : "";
  return lines.length > 1 ? `\r${up}\x1b[J` : "\r\x1b[K";
}

function sizeOfTerminal(): () => { columns: number; rows: number; canMove: boolean } {
  const { TERM } = process.env;
  const canMove = TERM !== undefined && TERM !== "" && TERM !== "dumb";
  return () => {
    const [columns, rows] = process.stderr.getWindowSize();
    // A terminal that does not know its size gives 0.
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24, canMove };
  };
}
