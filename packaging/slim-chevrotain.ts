import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Where chevrotain's lexer looks up a character's class, and where it fills the table of classes. */
const LOOKED_UP = ": charCodeToOptimizedIdxMap[charCode];";
const FILLING =
  /^ +charCodeToOptimizedIdxMap = new Array\(65536\);\n +for \(.*\{\n.*i > 255 \? 255 \+ ~~\(i \/ 255\).*\n +\}\n/m;

/**
 * The text of chevrotain's lexer.js, with the class calculated instead. The table takes half a megabyte in the snapshot, and
 * so in every start, and only serves characters above 255, with which few tokens begin.
 */
export function lessOfLexer(text: string): string {
  if (!text.includes(LOOKED_UP) || !FILLING.test(text))
    throw new Error("chevrotain's lexer no longer has the lines that this was written for");
  return text.replace(LOOKED_UP, ": 255 + ~~(charCode / 255);").replace(FILLING, "");
}

const BITS = "const BITS_FOR_OCCURRENCE_IDX = 8;";
const MOST = "const MAX_METHOD_IDX = 255;";

/**
 * The text of chevrotain's keys.js, with room for 7 places of each kind in a rule, not 255. The grammar has fewer, and the
 * tables of lookahead take 150 kB less.
 */
export function smallerKeys(text: string): string {
  return replaced(text, BITS, "const BITS_FOR_OCCURRENCE_IDX = 3;");
}

/** The text of chevrotain's gast_recorder.js, which then refuses a place with a larger number than 7. */
export function fewerPlaces(text: string): string {
  return replaced(text, MOST, "const MAX_METHOD_IDX = 7;");
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from))
    throw new Error(`chevrotain no longer has the line that this was written for: ${from}`);
  return text.replace(from, to);
}

const SLIMMER: readonly (readonly [file: string, slim: (text: string) => string])[] = [
  ["scan/lexer.js", lessOfLexer],
  ["parse/grammar/keys.js", smallerKeys],
  ["parse/parser/traits/gast_recorder.js", fewerPlaces],
];

export const slimChevrotain: Plugin = {
  name: "slim-chevrotain",
  setup(build) {
    for (const [file, slim] of SLIMMER) {
      const filter = new RegExp(`chevrotain/lib/src/${file.replaceAll(".", "\\.")}$`);
      build.onLoad({ filter }, ({ path }) => ({ contents: slim(readFileSync(path, "utf8")), loader: "js" }));
    }
  },
};
