import { getAsset } from "node:sea";
import { Script } from "node:vm";
import type { Ending } from "../src/program/leave.ts";

/** What the judge is called in the executable; build-exe.ts puts it there. */
export const JUDGE_ASSET = "exec-conformance.cjs";

/**
 * Runs the judge. It lies beside the snapshot, not in it, and is compiled when it is called for: it starts processes and
 * knows a dozen interpreters, and the interpreter neither pays for that at each start nor has it within reach.
 */
export function judge(): Promise<Ending> {
  const script = new Script(`(function (require, module) {${getAsset(JUDGE_ASSET, "utf8")}\n})`, {
    filename: JUDGE_ASSET,
  });
  const module = { exports: {} as { readonly main: () => Promise<Ending> } };
  script.runInThisContext()(require, module);
  return module.exports.main();
}
