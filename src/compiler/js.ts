import { makeOnePiece } from "../values/text.ts";

/**
 * Generated JavaScript. It is made only by the tag `js` below. Its templates stand in the source of this program, and its
 * holes take integers and other generated JavaScript. So no name and no string of a script can get into generated code: the
 * types exclude it, and the checks below do so again at run time.
 */
export class Js {
  /** A private field, so that no other object passes for generated code. */
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

  /** Makes its text one piece, to save memory while it is kept and more code is made. */
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

/** Digits are the only text of generated code that does not come from a template. */
function digits(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("not an integer");
  return value < 0 ? `(${value})` : String(value);
}

export function js(strings: TemplateStringsArray, ...holes: Hole[]): Js {
  return new Js(strings, holes);
}

/** The items with commas between them. */
export function commas(items: readonly Hole[]): Hole {
  return items.map((item, i) => (i === 0 ? item : js`, ${item}`));
}
