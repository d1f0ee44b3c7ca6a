/** One line that says how far the run is; on a terminal alone. */
import { writeSync } from "node:fs";
import type { Progress } from "./run.ts";

const CLEAR = "\r\x1b[K";

export function showProgress(name: string): { progress: (at: Progress) => void; end: () => void } {
  if (process.stderr.isTTY !== true) return { progress: () => {}, end: () => {} };
  return {
    progress({ done, of, ms }) {
      const left = Math.ceil(((ms / done) * (of - done)) / 1000);
      writeSync(2, `${CLEAR}${name}: ${done} of ${of} cases, about ${left} s left`);
    },
    end() {
      writeSync(2, CLEAR);
    },
  };
}
