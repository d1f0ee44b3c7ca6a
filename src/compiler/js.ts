import { makeOnePiece } from "../values/text.ts";

/**
 * Generated JavaScript. The one way to make it is the tag `js` below, whose templates stand in this repository's
 * source and whose holes take only integers and other generated JavaScript. So nothing of a script, no name, no
 * string, can get into generated code: by type, and again at run time.
 */
export class Js {
  /** Private, so that no look-alike passes for generated code. */
  readonly #text: string;

  constructor(strings: TemplateStringsArray, holes: readonly Hole[]) {
    if (!Array.isArray(strings.raw) || !Object.isFrozen(strings)) throw new Error("not a template");
    let text = strings[0] as string;
    for (let i = 0; i < holes.length; i++) text += Js.#textOf(holes[i] as Hole) + strings[i + 1];
    this.#text = text;
  }

  static #textOf(hole: Hole): string {
    if (typeof hole === "number") return digits(hole);
    if (hole instanceof Js) return hole.#text;
    let text = "";
    for (const item of hole) text += Js.#textOf(item);
    return text;
  }

  /** Itself, as one piece of text: for code that is kept while more is made. */
  whole(): Js {
    makeOnePiece(this.#text);
    return this;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can be put into generated code. */
export type Hole = number | Js | readonly Hole[];

/** The only text that does not stand in a template. */
function digits(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("not an integer");
  return value < 0 ? `(${value})` : String(value);
}

export function js(strings: TemplateStringsArray, ...holes: Hole[]): Js {
  return new Js(strings, holes);
}

/** Pieces with commas between. */
export function commas(items: readonly Hole[]): Hole {
  return items.map((item, i) => (i === 0 ? item : js`, ${item}`));
}
