import type { ReportKind } from "./command-line.ts";
import { badge } from "./report-badge.ts";
import { htmlReport } from "./report-html.ts";
import type { JsonReport } from "./report-json.ts";
import { junitReport } from "./report-junit.ts";
import { ktapReport } from "./report-ktap.ts";

/** Every report, from the one that programs read. */
export const WRITERS: Readonly<Record<ReportKind, (report: JsonReport) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 1)}\n`,
  ktap: ktapReport,
  junit: junitReport,
  badge,
  html: htmlReport,
};
