/** Runs the jobs of one interpreter, several at a time, and tells how far it is. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { fill } from "../adapter/template.ts";
import { environment, type Setting } from "../attempt/attempt.ts";
import type { Case, Findings } from "../findings/findings.ts";
import { launch } from "../sandbox/launch.ts";
import type { Job } from "./by-channel.ts";

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly ms: number;
  /** What was found since the last time. */
  readonly found: readonly Case[];
}

/** Runs all jobs; `isStopped` is asked before each. */
export async function runJobs(
  setting: Setting,
  jobs: readonly Job[],
  options: { jobs: number; progress: (progress: Progress) => void; isStopped: () => boolean },
): Promise<Findings> {
  const start = performance.now();
  const cases: Case[][] = jobs.map(() => []);
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
  // Only now, when nothing is under way any longer.
  if (failures.length > 0) throw failures[0];
  const { adapter, interpreter } = setting;
  return {
    subject: {
      name: adapter.name,
      title: adapter.title,
      interpreter,
      version: options.isStopped() ? "" : await versionOf(setting),
    },
    cases: cases.flat(),
    ms: Math.round(performance.now() - start),
  };
}

/** Finds the interpreter as a shell would; undefined if it is not there. */
export function findInterpreter(name: string): string | undefined {
  const { PATH } = process.env;
  const candidates =
    isAbsolute(name) || name.includes("/")
      ? [resolve(name)]
      : (PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/** What the interpreter says of its version; nothing that a verdict depends on. */
async function versionOf({ place, adapter, interpreter, timeoutMs }: Setting): Promise<string> {
  const argv = (adapter.version ?? []).map((text) => fill(text, { interpreter }));
  if (argv.length === 0) return "";
  const home = place.folder(place.user).path;
  const env = environment(home, {}, { interpreter });
  const { user } = place;
  const { stdout, stderr } = await launch({
    argv,
    env,
    cwd: home,
    stdin: "ignore",
    user,
    mode: 1,
    timeoutMs,
  });
  const first = `${stdout}\n${stderr}`.trim().split("\n", 1)[0] as string;
  return first.replace(/^v(?=\d)/, "").slice(0, 200);
}
