/** Writes what a run found: the reports, the matrices, and what was not as expected. */
import { isatty } from "node:tty";
import type { Message } from "../program/message.ts";
import { print, say } from "../program/output.ts";
import type { Report, RunCommand } from "./command-line.ts";
import type { Findings } from "./findings/findings.ts";
import { compare, writeKnownFailures } from "./findings/known-failures.ts";
import { isWhole, scopeOf } from "./findings/scope.ts";
import * as messages from "./messages.ts";
import type { Plan } from "./plan.ts";
import { badgeFile } from "./report/badge.ts";
import { openReportFile, type ReportFile } from "./report/files.ts";
import { type JsonReport, jsonReport } from "./report/json.ts";
import { matrix } from "./report/matrix.ts";
import { wantsColour } from "./report/progress.ts";
import { tried } from "./report/sentences.ts";
import { WRITERS } from "./report/writers.ts";
import { provedBy } from "./requirements/requirement.ts";
import { CANNOT_RUN_HERE, CONFORMS, DOES_NOT } from "./status.ts";

/** A place that is open, and what it takes. */
export interface OpenReport extends ReportFile {
  /** Undefined for standard output. */
  readonly file: string | undefined;
  readonly textOf: (json: JsonReport, all: readonly Findings[]) => string;
}

type Wanted = Omit<OpenReport, keyof ReportFile>;

/** Makes sure that every report can be written; where one cannot, closes the others and says why. */
export function openReports(
  { reports, writeExpect, strict }: RunCommand,
  { subjects }: Plan,
): OpenReport[] | { complaint: Message } {
  const names = subjects.map(({ adapter }) => adapter.name);
  const wanted: Wanted[] = reports.flatMap((each) => filesOf(each, names));
  if (writeExpect !== undefined)
    wanted.push({ file: writeExpect, textOf: (_, all) => writeKnownFailures(all, strict) });
  const files = wanted.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, at) => files.indexOf(file) < at);
  if (twice !== undefined) return { complaint: messages.twoReportsInto(twice) };
  if (names.length > 1 && reports.some(({ kind, file }) => kind === "badge" && file === undefined))
    return { complaint: messages.ONE_BADGE };
  const opened: OpenReport[] = [];
  for (const each of wanted) {
    try {
      const place = each.file === undefined ? toStandardOutput() : openReportFile(each.file);
      const isTwice = opened.some(({ identities }) =>
        identities.some((one) => place.identities.includes(one)),
      );
      opened.push({ ...each, ...place });
      if (!isTwice) continue;
      for (const one of opened) one.close();
      return { complaint: messages.twoReportsInto(each.file as string) };
    } catch (error) {
      for (const one of opened) one.close();
      return { complaint: messages.unwritable(each.file as string, error as Error) };
    }
  }
  return opened;
}

/** One file a report; but of several interpreters, each has a badge of its own, in a file with its name. */
function filesOf({ kind, file }: Report, names: readonly string[]): Wanted[] {
  if (kind !== "badge" || file === undefined || names.length === 1)
    return [{ file, textOf: (json) => WRITERS[kind](json) }];
  return names.map((of, at) => ({
    file: badgeFile(file, of),
    textOf: (json) => WRITERS.badge({ ...json, interpreters: json.interpreters.slice(at, at + 1) }),
  }));
}

function toStandardOutput(): ReportFile {
  return { identities: [], write: (text) => print(1, text), close() {} };
}

/** Writes everything. Gives the exit status. */
export function publish(
  command: RunCommand,
  plan: Plan,
  reports: readonly OpenReport[],
  all: readonly Findings[],
): number {
  const json = jsonReport(all, plan.user?.uid ?? process.getuid?.() ?? 0, new Date().toISOString());
  let status: number = CONFORMS;
  for (const { file, write, textOf } of reports) {
    try {
      write(textOf(json, all));
    } catch (error) {
      if (file === undefined) throw error;
      say(2, messages.unwritable(file, error as Error));
      status = CANNOT_RUN_HERE;
    }
  }
  const isTaken = reports.some(({ file }) => file === undefined);
  const colour = isatty(1) && wantsColour();
  const isDrawn = command.trace && provedBy("fault", plan.wanted).length > 0;
  if (isDrawn && !isTaken) say(1, messages.drawnWith(command.seed));
  for (const findings of all) {
    if (!isTaken) print(1, `${matrix(findings, { colour, details: command.details })}\n`);
    const { worse, better } = compare(findings, plan.known, command.strict);
    const { name } = findings.subject;
    if (command.expect !== undefined) {
      for (const id of worse) say(2, messages.unexpectedlyBroken(name, id));
      for (const id of better) say(2, messages.unexpectedlyHolds(name, id, command.expect));
    }
    const scope = scopeOf(findings);
    const isShort = command.strictScope && !isWhole(scope);
    if (isShort) say(2, messages.notAllTried(name, tried(scope)));
    if ((isShort || worse.length + better.length > 0) && status === CONFORMS) status = DOES_NOT;
  }
  return status;
}
