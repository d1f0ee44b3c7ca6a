import type { ReportKind } from "../command-line.ts";
import { badge } from "./badge.ts";
import type { JsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { ktapReport } from "./ktap.ts";
import { htmlReport } from "./page/page.ts";

/** Every report, from the one that programs read. */
export const WRITERS: Readonly<Record<ReportKind, (report: JsonReport) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 1)}\n`,
  ktap: ktapReport,
  junit: junitReport,
  badge,
  html: htmlReport,
};
