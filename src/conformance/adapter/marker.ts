/**
 * Markers: code ran if and only if its marker was observed. A program computes its marker, which stands in none of its
 * text, path or arguments, because a terminal echoes what is typed and error messages quote what they complain about.
 */
import { randomInt } from "node:crypto";

/** The words in braces in a program's text. It prints the sum of the first two, or the other two joined. */
export const SUM = ["a", "b"] as const;
export const JOINED = ["left", "right"] as const;

/** How a program computes its marker: a text with {@link SUM} or {@link JOINED}, or a line that is to be repeated after a first one. */
export type Program = string | { readonly first?: string; readonly repeat: string };

export interface MarkedProgram {
  /** The program's text, with its numbers filled in. */
  readonly text: string;
  /** What is looked for, in words for a person. */
  readonly marker: string;
  /** Did it run to its marker? */
  readonly seenIn: (output: string) => boolean;
  /** Did any of it run? */
  readonly anySeenIn: (output: string) => boolean;
}

/** Can a marker be drawn for this program? */
export function computesMarker(program: Program): boolean {
  return typeof program !== "string" || hasAll(program, SUM) || hasAll(program, JOINED);
}

function hasAll(text: string, names: readonly string[]): boolean {
  return names.every((name) => text.includes(`{${name}}`));
}

/** Draws a fresh marker for a program. */
export function mark(program: Program): MarkedProgram {
  if (typeof program !== "string") return markRepeated(program);
  const [a, b] = [randomInt(1e8, 4e8), randomInt(1e8, 4e8)];
  const [left, right] = [letters(), letters()];
  const marker = program.includes("{a}") ? String(a + b) : left + right;
  const values: Readonly<Record<(typeof SUM | typeof JOINED)[number], string>> = {
    a: String(a),
    b: String(b),
    left,
    right,
  };
  const text = Object.entries(values).reduce(
    (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
    program,
  );
  const seenIn = (output: string) => output.includes(marker);
  return { text, marker, seenIn, anySeenIn: seenIn };
}

/** A language that can only count prints how far it got: the marker is a random count. */
function markRepeated({ first = "", repeat }: Exclude<Program, string>): MarkedProgram {
  // At most 39 lines: the kernel's sample reads 127 bytes of a script, the first line included.
  const count = randomInt(20, 40);
  const lines = (output: string) => output.split(/\r?\n/);
  return {
    text: first + repeat.repeat(count),
    marker: `a line ${count - 1}, then ${count}`,
    // Not where it goes on counting: that is another program of the same kind.
    seenIn: (output) =>
      lines(output).some(
        (text, at, all) =>
          text === String(count) && all[at - 1] === String(count - 1) && all[at + 1] !== String(count + 1),
      ),
    anySeenIn: (output) =>
      lines(output).some((text, at, all) => text === "1" && ["", "2"].includes(all[at + 1] ?? "")),
  };
}

function letters(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(97 + randomInt(26))).join("");
}
