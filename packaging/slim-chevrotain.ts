import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Where chevrotain's lexer looks a character's class up, and where it fills the table that it looks it up in. */
const LOOKED_UP = ": charCodeToOptimizedIdxMap[charCode];";
const FILLING =
  /^ +charCodeToOptimizedIdxMap = new Array\(65536\);\n +for \(.*\{\n.*i > 255 \? 255 \+ ~~\(i \/ 255\).*\n +\}\n/m;

/**
 * The text of chevrotain's lexer.js with the class calculated: the table is half a megabyte of every snapshot, and so of
 * every start, and serves characters above 255 alone, with which few tokens begin.
 */
export function lessOfLexer(text: string): string {
  if (!text.includes(LOOKED_UP) || !FILLING.test(text))
    throw new Error("chevrotain's lexer is no longer as this was written for");
  return text.replace(LOOKED_UP, ": 255 + ~~(charCode / 255);").replace(FILLING, "");
}

export const slimChevrotain: Plugin = {
  name: "slim-chevrotain",
  setup(build) {
    build.onLoad({ filter: /chevrotain\/lib\/src\/scan\/lexer\.js$/ }, ({ path }) => ({
      contents: lessOfLexer(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
