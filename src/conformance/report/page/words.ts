/** The words and the anchors of the page. A verdict is told by its word and its sign first, by its colour second. */
import { VERDICTS, type Verdict } from "../../findings/verdict.ts";
import type { JsonInterpreter } from "../json.ts";

/** What stands inside a verdict's label. */
export function label(verdict: Verdict): string {
  const { sign, word } = VERDICTS[verdict];
  return `<span aria-hidden="true">${sign}</span> ${word}`;
}

/** What the style and the filter call a verdict. */
export function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** The anchor of the evidence behind one cell. */
export function anchor(id: string, name: string): string {
  return `${id}--${name}`;
}

/** An id that breaks, where it has to, behind a dot alone. */
export function breakable(id: string): string {
  return id.replaceAll(".", ".<wbr>");
}

/** The colour of an outcome is that of a verdict. */
export const OUTCOME_VERDICTS = {
  conforms: "holds",
  "does not conform": "broken",
  "not all tried": "skipped",
} as const satisfies Readonly<Record<JsonInterpreter["outcome"], Verdict>>;
