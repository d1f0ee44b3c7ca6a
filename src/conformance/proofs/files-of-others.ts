/**
 * Files that an interpreter checks and that are not the case's: its library, /etc/profile. Where one of them is refused
 * first, nothing is known of the code that was handed over.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Entry } from "../adapter/adapter.ts";
import type { Attempt, Setting } from "../attempt/attempt.ts";
import { makeAttempt } from "../attempt/make-attempt.ts";
import type { Attempted } from "../attempt/observation.ts";
import { blind, type Finding } from "../findings/verdict.ts";
import { modeObeyed } from "../requirements/always.ts";
import type { Kind, Way } from "../requirements/ways.ts";
import { quietly } from "../sandbox/quietly.ts";
import { type FailedCheck, lastFailedCheck } from "../trace/failed-check.ts";
import { tracing } from "../trace/strace.ts";
import { readStraceLog } from "../trace/strace-log.ts";
import { executableForm, isPromptRefused } from "./control.ts";

/** What is shared by all cases of an interpreter. */
export interface FilesOfOthers {
  /** Hands over the executable form of a kind, once for each entry and mode. */
  readonly executable: (kind: Kind, entry: Entry, mode: Mode) => Promise<Attempted>;
  /** Of a case that should have run and did not: what was refused in its place. */
  readonly insteadOf: (attempt: Pick<Attempt, "way" | "entry" | "mode">) => Promise<Finding | undefined>;
  /** Of a case that was refused as it should be: what would have been refused in its place, were it executable. */
  readonly before: (attempt: Pick<Attempt, "way" | "entry" | "mode">) => Promise<Finding | undefined>;
}

/** @param noTracing Why there is no tracing here: then nothing can be found out about such files. */
export function filesOfOthers(setting: Setting, noTracing: string | undefined): FilesOfOthers {
  const run = new Map<string, Promise<Attempted>>();
  const blamed = new Map<string, Promise<Finding | undefined>>();
  const executable: FilesOfOthers["executable"] = (kind, entry, mode) =>
    once(run, `${kind} ${entry.name} ${mode}`, () =>
      makeAttempt(setting, { way: { kind, form: "executable" } as Way, entry, mode }),
    );
  /** Files are refused where RESTRICT_FILE is in force. */
  const isRestricted = (mode: Mode) => modeObeyed(mode, setting.always) % 2 === 0 && noTracing === undefined;
  return {
    executable,
    async insteadOf(attempt) {
      return isRestricted(attempt.mode) ? blame(setting, attempt) : undefined;
    },
    async before({ way, entry, mode }) {
      if (!isRestricted(mode)) return undefined;
      const own = executableForm({ kind: way.kind, form: "executable" } as Way);
      const kind = own?.kind ?? "script";
      const instead = own === undefined ? setting.adapter.channels.script?.[0] : entry;
      if (instead === undefined || isPromptRefused(kind, instead, modeObeyed(mode, setting.always)))
        return undefined;
      const seen = await executable(kind, instead, mode);
      if ("missing" in seen || seen.ran) return undefined;
      const form = { kind, form: "executable" } as Way;
      return once(blamed, `${kind} ${instead.name} ${mode}`, () =>
        blame(setting, { way: form, entry: instead, mode }),
      );
    },
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? work();
  known.set(key, found);
  return found;
}

/** Makes the attempt once more under the tracer. */
async function blame(
  setting: Setting,
  attempt: Pick<Attempt, "way" | "entry" | "mode">,
): Promise<Finding | undefined> {
  const { workplace } = setting;
  const folder = workplace.folder(workplace.user).path;
  const log = join(folder, "trace");
  const seen = await makeAttempt(setting, { ...attempt, before: () => tracing(log), log });
  if ("missing" in seen || seen.ran) return undefined;
  const { calls } = readStraceLog(quietly(() => readFileSync(log, "latin1")) ?? "");
  // The case's own files are gone by now.
  const isOthers = (path: string) => path.startsWith("/") && quietly(() => statSync(path))?.isFile() === true;
  const failed = lastFailedCheck(calls, isOthers);
  return failed === undefined ? undefined : blind(remedy(failed));
}

function remedy({ path, errno }: FailedCheck): string {
  return (
    `another file was refused before this one: ${path} failed its check (${errno}); chmod +x it ` +
    "(dpkg-statoverride keeps that), or judge where one that is executable stands in its place"
  );
}
