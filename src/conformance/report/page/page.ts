/**
 * The report for people: one page that needs nothing but itself. Everything is there without scripts, evidence in
 * `details`; the script only adds filters and opens what a link points at. Made from the JSON report and the requirements.
 */

import { VERDICTS, type Verdict } from "../../findings/verdict.ts";
import { LEVELS } from "../../requirements/expectations.ts";
import { GROUPS } from "../../requirements/groups.ts";
import type { Requirement } from "../../requirements/requirement.ts";
import { REQUIREMENTS } from "../../requirements/requirements.ts";
import type { JsonInterpreter, JsonReport } from "../json.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./assets.ts";
import { escapeHtml } from "./escape.ts";
import { articleOf } from "./evidence.ts";
import { anchor, className, label } from "./words.ts";

/** Nothing can be fetched, whatever an interpreter printed. The page has an empty icon, or a browser would ask for one. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** Writes the report as a page. */
export function htmlReport(report: JsonReport): string {
  const { interpreters, date, kernel, kit, uid } = report;
  const shown = REQUIREMENTS.filter(({ id }) =>
    interpreters.some(({ requirements }) => requirements.some((each) => each.id === id)),
  );
  const groups = [...Map.groupBy(shown, ({ group }) => GROUPS[group])];
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
<p>${escapeHtml(report.meaning)}</p>
<dl class="facts"><div><dt>Kernel</dt><dd>Linux ${escapeHtml(kernel)}</dd></div><div><dt>Run as</dt><dd>user ${uid}</dd></div><div><dt>Made</dt><dd><time datetime="${escapeHtml(date)}">${escapeHtml(date.slice(0, 16).replace("T", " "))} UTC</time></dd></div></dl>
</header>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="summary"><table class="summary"><thead><tr><th scope="col">Interpreter</th><th scope="col">Verdict</th><th scope="col" class="share">Of what was tried</th><th scope="col">Holds</th><th scope="col">Broken MUST</th><th scope="col">Broken SHOULD</th><th scope="col">Skipped</th><th scope="col">Not offered</th></tr></thead>
<tbody>${interpreters.map(summaryRow).join("\n")}</tbody></table></div></section>
<section aria-labelledby="matrix"><h2 id="matrix">Requirements</h2>
<p class="modes"><b>Mode 1</b> neither bit <b>Mode 2</b> RESTRICT_FILE <b>Mode 3</b> DENY_INTERACTIVE <b>Mode 4</b> both</p>
${filterForm(groups.map(([group]) => group))}
<div class="wide tall" tabindex="0" role="region" aria-labelledby="matrix"><table id="all"><thead><tr><th scope="col">Requirement</th><th scope="col">Level</th>${interpreters.map(columnHead).join("")}</tr></thead>
${groups.map(([group, of]) => groupRows(group, of, interpreters)).join("\n")}
</table></div>
<p id="nothing" hidden>No requirement fits this filter.</p></section>
<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
${shown.map((each) => articleOf(each, interpreters)).join("\n")}
</section>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function filterForm(groups: readonly string[]): string {
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
<label>Group <select id="group"><option value="">every group</option>${options(same(groups))}</select></label>
<label>Verdict <select id="verdict"><option value="">every verdict</option>${options(verdicts)}</select></label>
<label>Level <select id="level"><option value="">every level</option>${options(same(LEVELS))}</select></label>
<button type="reset">Clear</button>
<output id="count" aria-live="polite"></output></form>`;
}

function columnHead({ title }: JsonInterpreter): string {
  return `<th scope="col">${escapeHtml(title)}</th>`;
}

function summaryRow({
  title,
  version,
  interpreter,
  outcome,
  headline,
  conclusion,
  tally,
}: JsonInterpreter): string {
  const { holds, brokenMust, brokenShould, skipped, notOffered } = tally;
  const verdict = OUTCOME_VERDICTS[outcome];
  const cells = [holds, brokenMust, brokenShould, skipped, notOffered];
  return `<tr><th scope="row">${escapeHtml(title)} <small title="${escapeHtml(interpreter)}">${escapeHtml(version === "" ? interpreter : version)}</small></th><td><b class="v ${verdict}"><span aria-hidden="true">${VERDICTS[verdict].sign}</span> ${outcome}</b><br>${escapeHtml(conclusion)}</td><td class="share">${escapeHtml(headline)}</td>${cells.map((count) => `<td class="n">${count}</td>`).join("")}</tr>`;
}

/** How an outcome is coloured. */
const OUTCOME_VERDICTS = {
  conforms: "holds",
  "does not conform": "broken",
  "not all tried": "skipped",
} as const satisfies Readonly<Record<JsonInterpreter["outcome"], Verdict>>;

function groupRows(
  group: string,
  of: readonly Requirement[],
  interpreters: readonly JsonInterpreter[],
): string {
  const rows = of.map((each) => row(each, interpreters)).join("\n");
  return `<tbody data-group="${escapeHtml(group)}"><tr class="group"><th colspan="${interpreters.length + 2}" scope="rowgroup"><span>${escapeHtml(group)}</span></th></tr>\n${rows}</tbody>`;
}

function row(requirement: Requirement, interpreters: readonly JsonInterpreter[]): string {
  const { id, level, sentence } = requirement;
  const cells = interpreters.map(({ requirements, name }) => {
    const found = requirements.find((each) => each.id === id);
    if (found === undefined) return "<td></td>";
    const text = label(found.verdict);
    const kind = `class="v ${className(found.verdict)}"`;
    return `<td>${found.verdict === "not offered" ? `<span ${kind}>${text}</span>` : `<a ${kind} href="#${anchor(id, name)}">${text}</a>`}</td>`;
  });
  return `<tr data-level="${level}" id="row-${id}"><th scope="row"><a href="#${id}">${id}</a><small>${escapeHtml(sentence)}</small></th><td><span class="level">${level}</span></td>${cells.join("")}</tr>`;
}
