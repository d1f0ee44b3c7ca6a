/**
 * The report for people: one page that needs nothing but itself. Everything is there without scripts, evidence in
 * `details`; the script only adds filters and opens what a link points at. Made from the JSON report and the requirements.
 */

import { VERDICTS, type Verdict } from "../../findings/verdict.ts";
import { LEVELS } from "../../requirements/expectations.ts";
import { GROUPS, type Group } from "../../requirements/groups.ts";
import { REQUIREMENTS } from "../../requirements/requirements.ts";
import { tableRows } from "../../requirements/table-rows.ts";
import type { JsonReport } from "../json.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./assets.ts";
import { escapeHtml } from "./escape.ts";
import { articleOf } from "./evidence.ts";
import { summaryCard } from "./summary.ts";
import { requirementTable } from "./table.ts";
import { className, label } from "./words.ts";

/** Nothing can be fetched, whatever an interpreter printed. The page has an empty icon, or a browser would ask for one. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** Writes the report as a page. */
export function htmlReport(report: JsonReport): string {
  const { interpreters, date, kernel, kit, uid } = report;
  const shown = REQUIREMENTS.filter(({ id }) =>
    interpreters.some(({ requirements }) => requirements.some((each) => each.id === id)),
  );
  const groups = [...Map.groupBy(shown, ({ group }) => group)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>exec-conformance: ${escapeHtml(interpreters.map(({ title }) => title).join(", "))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#matrix">To the requirements</a>
<header class="top">
<p class="kicker">exec-conformance ${escapeHtml(kit)}</p>
<h1>Does the interpreter ask before it runs?</h1>
<p>Each was handed code in every way that it takes code, in all four modes of the exec securebits. Code ran if and only if its random marker was observed.</p>
<dl class="facts"><div><dt>Kernel</dt><dd>Linux ${escapeHtml(kernel)}</dd></div><div><dt>Run as</dt><dd>user ${uid}</dd></div><div><dt>Made</dt><dd><time datetime="${escapeHtml(date)}">${escapeHtml(date.slice(0, 16).replace("T", " "))} UTC</time></dd></div></dl>
</header>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<div class="cards">${interpreters.map((each) => summaryCard(each, shown)).join("\n")}</div>
<p class="meaning">${escapeHtml(report.meaning)}</p></section>
<section aria-labelledby="matrix"><h2 id="matrix">Requirements</h2>
<p class="modes"><b>Mode 1</b> neither bit <b>Mode 2</b> RESTRICT_FILE <b>Mode 3</b> DENY_INTERACTIVE <b>Mode 4</b> both</p>
<p class="legend">${Object.keys(VERDICTS)
    .map((each) => `<span class="v ${className(each as Verdict)}">${label(each as Verdict)}</span>`)
    .join(" ")} <span class="none">·</span> nothing is required</p>
${filterForm(groups.map(([group]) => group))}
<div class="wide tall" tabindex="0" role="region" aria-labelledby="matrix">${requirementTable(groups, interpreters)}</div>
<p id="nothing" hidden>No requirement fits this filter.</p></section>
<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
${tableRows(shown)
  .map((each) => articleOf(each, interpreters))
  .join("\n")}
</section>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function filterForm(groups: readonly Group[]): string {
  const options = (values: readonly (readonly [string, string])[]) =>
    values
      .map(([value, text]) => `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`)
      .join("");
  const verdicts = Object.entries(VERDICTS).map(
    ([verdict, { word }]) => [className(verdict as Verdict), word] as const,
  );
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return `<form id="filter" hidden aria-label="Filter the requirements">
<label>Find <input id="text" type="search" placeholder="an id or a word" autocomplete="off"></label>
<label>Group <select id="group"><option value="">every group</option>${options(groups.map((group) => [group, GROUPS[group]]))}</select></label>
<label>Verdict <select id="verdict"><option value="">every verdict</option>${options(verdicts)}</select></label>
<label>Level <select id="level"><option value="">every level</option>${options(same(LEVELS))}</select></label>
<button type="reset">Clear</button>
<output id="count" aria-live="polite"></output></form>`;
}
