/** What the heading of every report says of an interpreter that is not judged as others are. */
import { declaration } from "../requirements/always.ts";
import type { Subject } from "./findings.ts";

/** Gives one sentence for each; none of most interpreters. */
export function headings({ always = [], twin, startMs, timeoutMs = 0 }: Subject): string[] {
  const declared = declaration(always, twin);
  return [
    ...(declared === undefined ? [] : [declared]),
    ...(startMs === undefined ? [] : [timeGiven(startMs, timeoutMs)]),
  ];
}

/** What is said of an interpreter that is given more time than others. */
export function timeGiven(startMs: number, timeoutMs: number): string {
  return `a program of one line takes ${(startMs / 1000).toFixed(1)} s, so each case may take ${timeoutMs / 1000} s`;
}
