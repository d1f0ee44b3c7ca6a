/** Writes what a run found: the reports, the matrices, and what was not as expected. */
import { isatty } from "node:tty";
import type { Message } from "../program/message.ts";
import { print, say } from "../program/output.ts";
import type { Report, RunCommand } from "./command-line.ts";
import type { Findings } from "./findings/findings.ts";
import { compare } from "./findings/known-failures.ts";
import * as messages from "./messages.ts";
import type { Plan } from "./plan.ts";
import { openReportFile, type ReportFile } from "./report/files.ts";
import { jsonReport } from "./report/json.ts";
import { matrix } from "./report/matrix.ts";
import { wantsColour } from "./report/progress.ts";
import { WRITERS } from "./report/writers.ts";
import { CANNOT_RUN_HERE, CONFORMS, DOES_NOT } from "./status.ts";

export interface OpenReport extends Report, ReportFile {}

/** Opens all reports; or opens none, and says what is wrong with one. */
export function openReports(reports: readonly Report[]): OpenReport[] | { complaint: Message } {
  const opened: OpenReport[] = [];
  for (const { kind, file } of reports) {
    try {
      const to = file === undefined ? toStandardOutput() : openReportFile(file);
      opened.push({ kind, file, ...to });
    } catch (error) {
      for (const each of opened) each.close();
      return { complaint: messages.unwritable(file as string, error as Error) };
    }
  }
  return opened;
}

function toStandardOutput(): ReportFile {
  return { write: (text) => print(1, text), close() {} };
}

/** Writes everything. Gives the exit status. */
export function publish(
  command: RunCommand,
  plan: Plan,
  reports: readonly OpenReport[],
  all: readonly Findings[],
): number {
  const json = jsonReport(all, plan.user?.uid ?? process.getuid?.() ?? 0, new Date());
  let status: number = CONFORMS;
  for (const { kind, file, write } of reports) {
    try {
      write(WRITERS[kind](json));
    } catch (error) {
      if (file === undefined) throw error;
      say(2, messages.unwritable(file, error as Error));
      status = CANNOT_RUN_HERE;
    }
  }
  const isTaken = reports.some(({ file }) => file === undefined);
  const colour = isatty(1) && wantsColour();
  for (const findings of all) {
    if (!isTaken) print(1, `${matrix(findings, { colour, details: command.details })}\n`);
    const { worse, better } = compare(findings, plan.known, command.strict);
    const { name } = findings.subject;
    if (command.expect !== undefined) {
      for (const id of worse) say(2, messages.unexpectedlyBroken(name, id));
      for (const id of better) say(2, messages.unexpectedlyHolds(name, id, command.expect));
    }
    if (worse.length + better.length > 0 && status === CONFORMS) status = DOES_NOT;
  }
  return status;
}
