/** A badge for a README: one SVG image of one interpreter, which loads nothing. */

import { join, parse } from "node:path";
import type { JsonInterpreter, JsonReport } from "./json.ts";
import { escapeHtml } from "./page/escape.ts";
import { tried } from "./sentences.ts";

const CHARACTER = 6.6;
const PADDING = 12;

/** Draws the badge of the report's first interpreter: the others have badges of their own. */
export function badge({ interpreters: [of], meaning }: JsonReport): string {
  if (of === undefined) throw new Error("a badge without an interpreter");
  const label = "exec check";
  const value = wordsOf(of);
  const [left, right] = [label, value].map((text) => Math.round(text.length * CHARACTER + PADDING)) as [
    number,
    number,
  ];
  const text = (x: number, words: string) =>
    `<text x="${x}" y="14" text-anchor="middle" textLength="${Math.round(words.length * CHARACTER)}">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${value}">
<title>${label}: ${value}</title>
<desc>${escapeHtml([...of.notes, meaning].join(". "))}</desc>
<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#555"/><rect x="${left}" width="${right}" height="20" fill="${COLOURS[of.outcome]}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(left / 2, label)}${text(left + right / 2, value)}</g>
</svg>
`;
}

/** White is to be read on each. */
const COLOURS: Readonly<Record<JsonInterpreter["outcome"], string>> = {
  conforms: "#1a7f37",
  "does not conform": "#b3261e",
  "not all tried": "#6b5a00",
};

function wordsOf({ outcome, must }: JsonInterpreter): string {
  const { held, of } = must.refuse;
  return `refused when it had to: ${held} of ${of}, ${outcome === "not all tried" ? tried(must) : outcome}`;
}

/** The file of one of several badges: with the interpreter's name before the extension. */
export function badgeFile(file: string, interpreter: string): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}-${interpreter}${ext}`);
}
