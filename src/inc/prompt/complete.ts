import type { Evaluator } from "./evaluator.ts";

/**
 * What Tab offers.
 *
 * @param text The line, up to the cursor.
 * @returns The candidates, and the part of the line that they complete, as readline wants them.
 */
export function complete(text: string, { names }: Evaluator): [candidates: string[], part: string] {
  const [, module, word = ""] = /(?:([A-Za-z_][A-Za-z0-9_]*)\.)?([A-Za-z_][A-Za-z0-9_]*)?$/.exec(text) ?? [];
  const nothing = word === "" && module === undefined;
  return [nothing ? [] : names(module).filter((name) => name.startsWith(word)), word];
}
