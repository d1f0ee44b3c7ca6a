/** Runs the jobs of one interpreter, several at a time, and tells how far it is. */
import type { Setting } from "../attempt/attempt.ts";
import type { Case, Findings, Progress } from "../findings/findings.ts";
import type { Kind } from "../requirements/ways.ts";
import type { Job } from "./job.ts";
import { versionOf } from "./version.ts";

/** Runs all jobs; `isStopped` is asked before each. */
export async function runJobs(
  setting: Setting,
  jobs: readonly Job[],
  options: { jobs: number; progress: (progress: Progress) => void; isStopped: () => boolean },
): Promise<Findings> {
  const start = performance.now();
  const cases: (readonly Case[])[] = jobs.map(() => []);
  const of = jobs.reduce((sum, job) => sum + job.size, 0);
  let next = 0;
  let done = 0;
  const failures: unknown[] = [];
  const worker = async () => {
    while (next < jobs.length && failures.length === 0 && !options.isStopped()) {
      const at = next++;
      const job = jobs[at] as Job;
      const found = await job.run().catch((error) => {
        failures.push(error);
        return [];
      });
      cases[at] = found;
      done += job.size;
      options.progress({ done, of, ms: performance.now() - start, found });
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  // Thrown only now: no job is under way any longer.
  if (failures.length > 0) throw failures[0];
  const { adapter, interpreter, given, always, twin, startMs, timeoutMs } = setting;
  return {
    subject: {
      name: adapter.name,
      title: adapter.title,
      interpreter,
      version: options.isStopped() ? "" : await versionOf(setting),
      ...(always.length === 0 ? {} : { always }),
      ...(twin === undefined ? {} : { twin }),
      given,
      kinds: Object.keys(adapter.channels) as Kind[],
      ...(startMs === undefined ? {} : { startMs: Math.round(startMs), timeoutMs }),
    },
    cases: cases.flat(),
    ms: Math.round(performance.now() - start),
  };
}
