import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** chevrotain's table of 65,536 numbers, half a megabyte of every snapshot and so of every start; and what it holds. */
const LOOKED_UP = ": charCodeToOptimizedIdxMap[charCode];";
const FILLED = "charCodeToOptimizedIdxMap = new Array(65536);";
const CALCULATED = ": 255 + ~~(charCode / 255);";

/**
 * Lets chevrotain's lexer calculate what it looks up in a table: only characters above 255 are looked up, which begin few
 * tokens. The table is left empty.
 */
export const slimChevrotain: Plugin = {
  name: "slim-chevrotain",
  setup(build) {
    build.onLoad({ filter: /chevrotain\/lib\/src\/scan\/lexer\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const filling = /^ +charCodeToOptimizedIdxMap = new Array\(65536\);\n +for .*\n.*\n +\}\n/m;
      if (!text.includes(LOOKED_UP) || !text.includes(FILLED) || !filling.test(text))
        throw new Error(`${path} is no longer as this was written for`);
      return { contents: text.replace(LOOKED_UP, CALCULATED).replace(filling, ""), loader: "js" };
    });
  },
};
