/** Every kind of report, made from the one that programs read. */
import { badge } from "./badge.ts";
import type { JsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { ktapReport } from "./ktap.ts";
import { htmlReport } from "./page/page.ts";

export const WRITERS = {
  ktap: ktapReport,
  junit: junitReport,
  json: (report) => `${JSON.stringify(report, null, 1)}\n`,
  html: htmlReport,
  badge,
} as const satisfies Readonly<Record<string, (report: JsonReport) => string>>;

export type ReportKind = keyof typeof WRITERS;

export const REPORT_KINDS = Object.keys(WRITERS) as ReportKind[];
