/** Reads the beginning of standard input away while its check is under way, through the open file that both share. */
import { readSync, statSync } from "node:fs";
import { join } from "node:path";
import { fill } from "../adapter/template.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Observation } from "../attempt/observation.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { howItEnded } from "../findings/judge-attempt.ts";
import { broken, type Finding, holds, skipped } from "../findings/verdict.ts";
import { provedBy, type Requirement } from "../requirements/requirement.ts";
import { delayingChecks, onceChecking } from "./delayed-check.ts";
import { allAlike, foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** @param noTracing Why there is no tracing here; undefined where there is. */
export function movedOffsetJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
): Job[] {
  const races = provedBy("moved-offset", wanted);
  if (races.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(races, "tracing", skipped(noTracing))];
  return races.map((each) => ({ size: 1, run: () => moveOffset(setting, each) }));
}

async function moveOffset(setting: Setting, of: Requirement): Promise<Case[]> {
  const { workplace, adapter, interpreter } = setting;
  const [entry] = adapter.channels.stdin ?? [];
  if (entry === undefined) return allAlike([of], "stdin", NOT_OFFERED);
  const log = join(workplace.folder(workplace.user).path, "trace");
  let head = 0;
  let isMoved = false;
  const seen = await makeAttempt(setting, {
    way: { kind: "stdin", form: "behind-a-head" },
    entry,
    mode: 3,
    before: () => delayingChecks(log),
    arrange(stage, { text }) {
      isMoved = false;
      head = statSync(stage.file).size - Buffer.byteLength(fill(text, { interpreter }));
    },
    meanwhile: (stage, pid) =>
      onceChecking(pid, () => {
        isMoved = readSync(stage.stdin as number, Buffer.alloc(head)) === head;
      }),
  });
  if ("missing" in seen) return allAlike([of], `stdin/${entry.name}`, skipped(seen.missing));
  const evidence = [evidenceOf(`its beginning was read away while execveat was under way: ${isMoved}`, seen)];
  return [{ id: of.id, entry: `stdin/${entry.name}`, ...judge(seen, isMoved), evidence }];
}

function judge(seen: Observation, isMoved: boolean): Finding {
  const end = howItEnded(seen);
  if (!isMoved) return skipped(`no check was seen under way; ${end}`);
  if (!seen.ran) return holds(`nothing of the rest ran; ${end}`);
  return seen.besideRan === true
    ? holds("it was read from its beginning, and ran as a whole")
    : broken(`the rest ran, without the beginning that was read away; ${end}`);
}
