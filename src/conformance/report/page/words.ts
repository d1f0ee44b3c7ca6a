/** What the page calls things. A verdict is told by its word and its sign first, by its colour second. */
import { VERDICTS, type Verdict } from "../../findings/verdict.ts";

/** What stands inside a verdict's label. */
export function label(verdict: Verdict): string {
  const { sign, word } = VERDICTS[verdict];
  return `<span aria-hidden="true">${sign}</span> ${word}`;
}

/** As the style and the filter name it. */
export function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** Where the evidence of one cell stands on the page. */
export function anchor(id: string, name: string): string {
  return `${id}--${name}`;
}
