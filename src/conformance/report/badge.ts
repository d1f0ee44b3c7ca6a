/** A badge for a README: one SVG image, which loads nothing. */
import { isUntried } from "../findings/verdict.ts";
import type { JsonReport } from "./json.ts";

const CHARACTER = 6.6;
const PADDING = 12;

/** Draws the badge. */
export function badge({ interpreters }: JsonReport): string {
  const tried = interpreters.flatMap(({ requirements }) =>
    requirements.filter(({ level, verdict }) => level === "MUST" && !isUntried(verdict)),
  );
  const held = tried.filter(({ verdict }) => verdict === "holds").length;
  const conforms = interpreters.every((each) => each.conforms);
  const label = "exec check";
  const value = conforms
    ? "conforms"
    : tried.length === 0
      ? "nothing tried"
      : `${held} of ${tried.length} MUST`;
  const [left, right] = [label, value].map((text) => Math.round(text.length * CHARACTER + PADDING)) as [
    number,
    number,
  ];
  const colour = conforms ? "#1a7f37" : "#b35900";
  const text = (x: number, words: string) =>
    `<text x="${x}" y="14" text-anchor="middle" textLength="${Math.round(words.length * CHARACTER)}">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${value}">
<title>${label}: ${value}</title>
<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#555"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(left / 2, label)}${text(left + right / 2, value)}</g>
</svg>
`;
}
