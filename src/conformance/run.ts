/** Runs the jobs of one interpreter, several at a time, and tells how far it is. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import type { Adapter } from "./adapter.ts";
import type { Setting } from "./attempt.ts";
import type { Job } from "./channel-cases.ts";
import type { Case, Findings } from "./findings.ts";
import { fill } from "./template.ts";

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly ms: number;
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
  const worker = async () => {
    while (next < jobs.length && !options.isStopped()) {
      const at = next++;
      const job = jobs[at] as Job;
      cases[at] = await job.run();
      done += job.size;
      options.progress({ done, of, ms: performance.now() - start });
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  const { adapter, interpreter } = setting;
  return {
    subject: {
      name: adapter.name,
      title: adapter.title,
      interpreter,
      version: versionOf(adapter, interpreter),
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
function versionOf(adapter: Adapter, interpreter: string): string {
  const [command, ...args] = (adapter.version ?? []).map((text) => fill(text, { interpreter }));
  if (command === undefined) return "";
  const { stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: 10_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return (
    `${stdout ?? ""}\n${stderr ?? ""}`
      .trim()
      .split("\n", 1)[0]
      ?.replace(/^(v)(?=\d)/, "") ?? ""
  );
}
