/** What the page calls things. A verdict has its word and its sign, so that its colour is not needed. */
import { VERDICTS, type Verdict } from "../../findings/verdict.ts";

/** The content of a verdict's label. */
export function label(verdict: Verdict): string {
  const { sign, word } = VERDICTS[verdict];
  return `<span aria-hidden="true">${sign}</span> ${word}`;
}

/** The name of a verdict in the style and in the filter. */
export function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** The anchor of the evidence behind one cell. */
export function anchor(id: string, name: string): string {
  return `${id}--${name}`;
}
