/** Makes the check fail, by strace's fault injection, and observes whether code runs that must not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import { errnoName } from "../../linux/errno.ts";
import type { Entry } from "../adapter/adapter.ts";
import type { Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Attempted } from "../attempt/observation.ts";
import { evidenceOf } from "../findings/evidence.ts";
import type { Case } from "../findings/findings.ts";
import { judgeAttempt } from "../findings/judge-attempt.ts";
import { blind, skipped } from "../findings/verdict.ts";
import { modeObeyed } from "../requirements/always.ts";
import { FAULTS, type FaultKind, isRefusedIn, TRANSIENT } from "../requirements/faults.ts";
import { type ProvedBy, provedBy, type Requirement } from "../requirements/requirement.ts";
import type { Way } from "../requirements/ways.ts";
import { quietly } from "../sandbox/quietly.ts";
import { hidesItsMemory } from "../trace/hidden.ts";
import { injecting } from "../trace/strace.ts";
import { readStraceLog } from "../trace/strace-log.ts";
import { controlOf, isPromptRefused } from "./control.ts";
import type { FilesOfOthers } from "./files-of-others.ts";
import { allAlike, foundAlready, type Job, NOT_OFFERED } from "./job.ts";

/** EHWPOISON. */
const HIGHEST_ERRNO = 133;

/** The errnos that Node has a name for and the list does not: one of them is drawn. strace does not know ENOTSUP. */
const OTHERS: readonly string[] = Array.from({ length: HIGHEST_ERRNO }, (_, at) => errnoName(at + 1)).filter(
  (name) => name.startsWith("E") && name !== "ENOTSUP" && !FAULTS.includes(name),
);

/**
 * @param noTracing Why there is no tracing here; undefined where there is.
 * @param seed What the errnos are drawn from: the same seed draws the same again.
 */
export function faultJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  noTracing: string | undefined,
  seed: number,
  others: FilesOfOthers,
): Job[] {
  const faults = provedBy("fault", wanted);
  if (faults.length === 0) return [];
  if (noTracing !== undefined) return [foundAlready(faults, "tracing", skipped(noTracing))];
  const kinds = Map.groupBy(faults, ({ proof }) => proof.kind);
  return [...kinds].flatMap(([kind, of]) => {
    const entries = setting.adapter.channels[kind] ?? [];
    if (entries.length === 0) return [foundAlready(of, kind, NOT_OFFERED)];
    return entries.flatMap((entry, at) => jobsOfEntry(setting, others, kind, entry, of, seed, at));
  });
}

/** The errnos for one entry: for the first of a kind, all of the list and one of the others; one for each further. */
export function drawn(seed: number, kind: FaultKind, at: number): readonly string[] {
  const draw = (from: readonly string[]) => from[hashOf(`${seed} ${kind} ${at}`) % from.length] as string;
  return at === 0 ? [...FAULTS, draw(OTHERS)] : [draw(FAULTS)];
}

/** FNV-1a, of 32 bits. */
function hashOf(text: string): number {
  return [...Buffer.from(text)].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

interface Injected {
  readonly seen: Attempted;
  /** Whether a check was made that failed so. */
  readonly isHit: boolean;
  /** Whether the log shows addresses for what the process has in its memory. */
  readonly isHidden: boolean;
}

/** One job for each errno. They share what the first of them finds out: whether there is a check at all. */
function jobsOfEntry(
  setting: Setting,
  others: FilesOfOthers,
  kind: FaultKind,
  entry: Entry,
  of: readonly ProvedBy<"fault">[],
  seed: number,
  place: number,
): Job[] {
  const errnos = drawn(seed, kind, place);
  const done = new Map<string, Promise<Injected>>();
  const play = (errno: string, mode: Mode) => {
    const key = `${errno} ${mode}`;
    const known = done.get(key) ?? inject(setting, kind, entry, errno, mode);
    done.set(key, known);
    return known;
  };
  const [first] = errnos as [string];
  const at = (errno: string) => `${kind}/${entry.name}, ${errno}`;
  const judge = async (errno: string, { id, level, proof: { mode } }: ProvedBy<"fault">): Promise<Case[]> => {
    // What hangs with one errno is not tried with the others.
    if (errno !== first && hangs((await play(first, 1)).seen)) return [];
    // A refusal counts where the same file runs in mode 1: with which errno, is a case of its own.
    const inMode1 = await play(TRANSIENT.includes(errno) ? errno : first, 1);
    if (inMode1.isHidden && isBesideScript(kind))
      return errno === first ? allAlike([{ id }], `${kind}/${entry.name}`, blind(HIDDEN)) : [];
    // Where no check is made there is nothing that can fail, and one run stands for all.
    const probe = await play(first, mode);
    if (errno !== first && (!probe.isHit || hangs(probe.seen))) return [];
    const { seen, isHit } = errno === first ? probe : await play(errno, mode);
    const obeyed = modeObeyed(mode, setting.always);
    const isBehindPrompt = isPromptRefused(kind, entry, obeyed);
    const expect = isRefusedIn(obeyed, kind) ? "refuse" : "run";
    const way = wayOf(kind, errno);
    const control = await controlOf(setting, { way, entry }, inMode1.seen);
    const judged = judgeAttempt({ way, expect, level, obeyed, isBehindPrompt }, seen, control);
    const isRefused = expect === "refuse" && judged.verdict === "holds";
    const found = (isRefused ? await others.before({ way, entry, mode }) : undefined) ?? judged;
    const what = `the check failed with ${errno} (--seed ${seed} draws the same)`;
    const evidence = "missing" in seen ? [] : [evidenceOf(what, seen)];
    return [{ id, entry: isHit ? at(errno) : `${at(errno)}, no check was made`, ...found, evidence }];
  };
  return errnos.map((errno) => ({
    size: of.length,
    run: async () => {
      const cases: Case[] = [];
      for (const each of of) cases.push(...(await judge(errno, each)));
      return cases;
    },
  }));
}

function hangs(seen: Attempted): boolean {
  return !("missing" in seen) && seen.ended.hung;
}

const HIDDEN = "its memory cannot be read, so that it is not seen which file it checks: run as root";

function wayOf(kind: FaultKind, errno: string): Way {
  if (kind === "terminal") return { kind, form: "terminal" };
  return { kind, form: TRANSIENT.includes(errno) ? "not-executable" : "executable" };
}

/** Whether another file may have to be let pass before this code is reached. */
function isBesideScript(kind: FaultKind): boolean {
  return kind !== "script" && kind !== "stdin" && kind !== "terminal";
}

/**
 * Makes the check fail. Where the code comes beside a script, its own check alone fails; but where nothing is refused, all
 * do: there it shows what is checked.
 */
async function inject(
  setting: Setting,
  kind: FaultKind,
  entry: Entry,
  errno: string,
  mode: Mode,
): Promise<Injected> {
  const { workplace } = setting;
  const log = join(workplace.folder(workplace.user).path, "trace");
  const when = TRANSIENT.includes(errno) ? ":when=1" : "";
  const isFree = modeObeyed(mode, setting.always) === 1;
  const seen = await makeAttempt(setting, {
    way: wayOf(kind, errno),
    entry,
    mode,
    before: ({ file }) =>
      injecting(log, "execveat", `error=${errno}${when}`, isBesideScript(kind) && !isFree ? file : undefined),
  });
  const text = quietly(() => readFileSync(log, "latin1")) ?? "";
  return { seen, isHit: text.includes("(INJECTED)"), isHidden: hidesItsMemory(readStraceLog(text).calls) };
}
