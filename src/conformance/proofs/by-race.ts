/** Exchanges a file while its check is under way. The tracer delays the check, so that this does not depend on luck. */
import {
  chmodSync,
  chownSync,
  realpathSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Entry } from "../adapter/adapter.ts";
import { type MarkedProgram, mark } from "../adapter/marker.ts";
import { fill } from "../adapter/template.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Observation } from "../attempt/observation.ts";
import type { Stage } from "../attempt/stage.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { howItEnded } from "../findings/judge-attempt.ts";
import { broken, type Finding, holds, notOffered, skipped } from "../findings/verdict.ts";
import { type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import { delayingChecks, onceChecking } from "./delayed-check.ts";
import { allAlike, foundAlready, type Job } from "./job.ts";

/** @param noTracing Why there is no tracing here; undefined where there is. */
export function raceJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
): Job[] {
  const races = provedBy("race", wanted);
  if (races.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(races, "tracing", skipped(noTracing))];
  return races.map((each) => ({ size: 1, run: () => race(setting, each) }));
}

/**
 * A link is turned from a file without execute permission to another with it, or from that one to the first. Whichever
 * way it is turned, nothing of the first may run in mode 2: its marker is the one to look for.
 */
async function race(setting: Setting, of: ProvedBy<"race">): Promise<Case[]> {
  const { workplace, adapter } = setting;
  const entry = adapter.channels.script?.[0];
  if (entry === undefined) return allAlike([of], "script", notOffered("the adapter names no script"));
  const log = join(workplace.folder(workplace.user).path, "trace");
  let isTurned = false;
  const seen = await makeAttempt(setting, {
    way: { kind: "script", form: "symlink-to-not-executable" },
    entry,
    mode: 2,
    before: () => delayingChecks(log),
    arrange(stage, { marker }) {
      isTurned = false;
      const bad = realpathSync(stage.file);
      const good = writeExecutable(setting, entry, stage, marker);
      const [now, then] = of.proof.swap === "to-bad" ? [good, bad] : [bad, good];
      unlinkSync(stage.file);
      symlinkSync(now, stage.file);
      symlinkSync(then, nextOf(stage));
    },
    meanwhile: (stage, pid) =>
      onceChecking(pid, () => {
        renameSync(nextOf(stage), stage.file);
        isTurned = true;
      }),
  });
  if ("missing" in seen) return allAlike([of], "script", skipped(seen.missing));
  const evidence = [evidenceOf(`the link was exchanged while execveat was under way: ${isTurned}`, seen)];
  return [{ id: of.id, entry: `script/${entry.name}`, ...judgeRace(seen, isTurned), evidence }];
}

function judgeRace(seen: Observation, isTurned: boolean): Finding {
  if (isTurned)
    return seen.ran
      ? broken("the file without execute permission ran: it was not what was checked")
      : holds("nothing of the file without execute permission ran");
  return seen.ran
    ? broken(`no check was made, and the code ran; ${howItEnded(seen)}`)
    : skipped(`no check was seen under way; ${howItEnded(seen)}`);
}

/** A second link, which replaces the first. */
function nextOf({ file }: Stage): string {
  return `${file}.next`;
}

/** Writes a program with a marker other than `marker` into an executable file beside the link; gives its path. */
function writeExecutable(
  { adapter, interpreter }: Setting,
  entry: Entry,
  { file, user }: Stage,
  marker: string,
): string {
  let program: MarkedProgram;
  do program = mark(entry.program ?? adapter.program);
  while (program.marker === marker);
  const path = join(dirname(file), `good${adapter.extension ?? ""}`);
  writeFileSync(path, fill(program.text, { interpreter }));
  chmodSync(path, 0o755);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}
