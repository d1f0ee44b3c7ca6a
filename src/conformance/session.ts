/** One run: opens a workplace, judges the interpreters one after the other, and cleans up, also after a signal. */
import { availableParallelism } from "node:os";
import type { Message } from "../program/message.ts";
import { say } from "../program/output.ts";
import type { Setting } from "./attempt/attempt.ts";
import type { RunCommand } from "./command-line.ts";
import type { Findings } from "./findings/findings.ts";
import * as messages from "./messages.ts";
import type { Plan } from "./plan.ts";
import { channelJobs } from "./proofs/by-channel.ts";
import { faultJobs } from "./proofs/by-fault.ts";
import { movedOffsetJobs } from "./proofs/by-moved-offset.ts";
import { raceJobs } from "./proofs/by-race.ts";
import { securebitsFaultJobs } from "./proofs/by-securebits-fault.ts";
import { traceJobs } from "./proofs/by-trace.ts";
import { filesOfOthers } from "./proofs/files-of-others.ts";
import { applies, notApplyingJobs } from "./proofs/not-applying.ts";
import { runJobs } from "./proofs/run-jobs.ts";
import { settingFor } from "./proofs/setting-for.ts";
import { showProgress } from "./report/progress.ts";
import { killAll } from "./sandbox/launch.ts";
import { systemRefusal } from "./sandbox/system-refusal.ts";
import { openWorkplace, type Workplace } from "./sandbox/workplace.ts";
import { whyNoTracing } from "./trace/strace.ts";

const STOPPING = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;
export type Stopping = (typeof STOPPING)[number];

export type Judged =
  | { readonly findings: readonly Findings[] }
  | { readonly stopped: Stopping }
  | { readonly complaint: Message };

/** Judges all interpreters. However it ends, no file and no process of it is left. */
export async function judgeAll(command: RunCommand, plan: Plan): Promise<Judged> {
  let stopped: Stopping | undefined;
  const stop = (signal: NodeJS.Signals) => {
    stopped ??= signal as Stopping;
    killAll();
  };
  for (const signal of STOPPING) process.on(signal, stop);
  let workplace: Workplace | undefined;
  try {
    const opened = await openWorkplace(plan.user).catch((error: Error) => error);
    if (opened instanceof Error) return { complaint: messages.nowhereToWork(opened) };
    if ("unfit" in opened) return { complaint: messages.noWorkplace(opened) };
    workplace = opened;
    const noTracing = command.trace ? whyNoTracing(plan.user) : "tracing was turned off by --no-trace";
    const findings: Findings[] = [];
    for (const subject of plan.subjects) {
      if (stopped !== undefined) break;
      const setting = await settingFor({ workplace, ...subject }, command.timeoutMs);
      const { adapter, startMs, timeoutMs } = setting;
      if (startMs !== undefined) say(2, messages.startsSlowly(adapter.name, startMs, timeoutMs));
      findings.push(await judgeOne(setting, command, plan, noTracing, () => stopped !== undefined));
    }
    return stopped === undefined ? { findings } : { stopped };
  } catch (error) {
    const why = systemRefusal(error);
    if (why === undefined) throw error;
    return stopped === undefined ? { complaint: messages.cannotGoOn(why) } : { stopped };
  } finally {
    workplace?.close();
    for (const signal of STOPPING) process.off(signal, stop);
  }
}

async function judgeOne(
  setting: Setting,
  command: RunCommand,
  { wanted: all }: Plan,
  noTracing: string | undefined,
  isStopped: () => boolean,
): Promise<Findings> {
  const { always } = setting;
  const wanted = all.filter((each) => applies(each, always));
  const others = filesOfOthers(setting, noTracing);
  const jobs = [
    ...notApplyingJobs(all, always),
    ...raceJobs(setting, wanted, noTracing),
    ...movedOffsetJobs(setting, wanted, noTracing),
    ...faultJobs(setting, wanted, noTracing, command.seed, others),
    ...securebitsFaultJobs(setting, wanted, noTracing),
    ...channelJobs(setting, wanted, others),
    ...traceJobs(setting, wanted, noTracing),
  ];
  const shown = showProgress(setting.adapter.name, all);
  try {
    return await runJobs(setting, jobs, {
      jobs: command.jobs ?? Math.min(4, availableParallelism()),
      progress: shown.progress,
      isStopped,
    });
  } finally {
    shown.end();
  }
}
