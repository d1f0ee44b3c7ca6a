/**
 * The report for people: one page that needs nothing but itself. Everything is there without scripts, evidence in
 * `details`; the script only adds filters and opens what a link points at. Made from the JSON report and the requirements.
 */
import type { Verdict } from "./judge.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page-assets.ts";
import type { JsonInterpreter, JsonReport } from "./report-json.ts";
import { REQUIREMENTS, type Requirement } from "./requirements.ts";
import { SOURCES } from "./sources.ts";

type Found = JsonInterpreter["requirements"][number];

const WORDS: Readonly<Record<Verdict, string>> = {
  holds: "holds",
  broken: "broken",
  skipped: "skipped",
  "not offered": "n/a",
  noted: "noted",
};

export function htmlReport(report: JsonReport): string {
  const { interpreters, date, kernel, kit } = report;
  const shown = REQUIREMENTS.filter(({ id }) =>
    interpreters.some(({ requirements }) => requirements.some((each) => each.id === id)),
  );
  const groups = Map.groupBy(shown, groupOf);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>exec-conformance: ${escapeHtml(interpreters.map(({ title }) => title).join(", "))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Executability checks, interpreter by interpreter</h1>
<p>exec-conformance ${escapeHtml(kit)}, ${escapeHtml(date.slice(0, 16).replace("T", " "))} UTC, Linux ${escapeHtml(kernel)}. Code ran if and only if its random marker was observed.</p>
</header>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="summary"><table><thead><tr><th scope="col">interpreter</th><th scope="col">version</th><th scope="col">verdict</th><th scope="col">holds</th><th scope="col">broken MUST</th><th scope="col">broken SHOULD</th><th scope="col">skipped</th><th scope="col">not offered</th></tr></thead>
<tbody>${interpreters.map(summaryRow).join("\n")}</tbody></table></div></section>
<section aria-labelledby="matrix"><h2 id="matrix">Requirements</h2>
<form id="filter" hidden aria-label="Filter"><label>Find <input id="text" type="search" placeholder="an id or a word"></label>
<label>Show <select id="verdict"><option value="">every verdict</option>${Object.entries(WORDS)
    .map(
      ([verdict, word]) =>
        `<option value="${verdict.replace(" ", "-")}">${word === "n/a" ? "not offered" : word}</option>`,
    )
    .join("")}</select></label>
<label>Level <select id="level"><option value="">every level</option><option>MUST</option><option>SHOULD</option><option>CHOICE</option></select></label>
<output id="count" aria-live="polite"></output></form>
<div class="wide" tabindex="0" role="region" aria-labelledby="matrix"><table id="all"><thead><tr><th scope="col">requirement</th><th scope="col">level</th>${interpreters
    .map(({ title }) => `<th scope="col">${escapeHtml(title)}</th>`)
    .join("")}</tr></thead>
${[...groups].map(([group, of]) => `<tbody><tr class="group"><th colspan="${interpreters.length + 2}" scope="rowgroup">${escapeHtml(group)}</th></tr>\n${of.map((each) => row(each, interpreters)).join("\n")}</tbody>`).join("\n")}
</table></div></section>
<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
${shown.map((each) => evidenceOf(each, interpreters)).join("\n")}
</section>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function groupOf({ id, proof }: Requirement): string {
  if (proof.by !== "channel") return "evidence by tracing, faults and races";
  return (id.split(".")[0] as string).replace(/^file$/, "file: a script's path");
}

function summaryRow({ title, version, conforms, tally }: JsonInterpreter): string {
  const verdict = conforms ? "holds" : "broken";
  const cells = [tally.holds, tally.brokenMust, tally.brokenShould, tally.skipped, tally.notOffered];
  return `<tr><th scope="row">${escapeHtml(title)}</th><td>${escapeHtml(version)}</td><td class="v ${verdict}"><span>${conforms ? "conforms" : "does not conform"}</span></td>${cells.map((count) => `<td class="n">${count}</td>`).join("")}</tr>`;
}

function row(requirement: Requirement, interpreters: readonly JsonInterpreter[]): string {
  const cells = interpreters.map(({ requirements, name }) => {
    const found = requirements.find(({ id }) => id === requirement.id);
    if (found === undefined) return "<td></td>";
    const link = found.verdict === "not offered" ? undefined : `#${anchor(requirement.id, name)}`;
    const word = WORDS[found.verdict];
    return `<td class="v ${className(found.verdict)}">${link === undefined ? `<span title="not offered">${word}</span>` : `<a href="${link}">${word}</a>`}</td>`;
  });
  return `<tr data-level="${requirement.level}" id="row-${requirement.id}"><th scope="row"><a href="#${requirement.id}">${requirement.id}</a></th><td>${requirement.level}</td>${cells.join("")}</tr>`;
}

function evidenceOf(requirement: Requirement, interpreters: readonly JsonInterpreter[]): string {
  const { id, level, sentence, from } = requirement;
  const { authority, where, says } = SOURCES[from];
  const found = interpreters.flatMap((of) => {
    const of1 = of.requirements.find((each) => each.id === id);
    return of1 === undefined || of1.verdict === "not offered" ? [] : [caseList(of, of1)];
  });
  return `<article id="${id}"><h3><a href="#${id}">${id}</a> <small>${level}</small></h3>
<p>${escapeHtml(sentence)}</p><p class="from">${escapeHtml(authority)}, ${escapeHtml(where)}: ${escapeHtml(says)}</p>
${found.join("\n")}</article>`;
}

function caseList({ title, name }: JsonInterpreter, { id, verdict, cases }: Found): string {
  const shown = cases.map(
    (each) =>
      `<li><b class="v ${className(each.verdict)}"><span>${WORDS[each.verdict]}</span></b> ${escapeHtml(each.entry)}: ${escapeHtml(each.reason)}${each.evidence.map(block).join("")}</li>`,
  );
  return `<details id="${anchor(id, name)}"><summary><b class="v ${className(verdict)}"><span>${WORDS[verdict]}</span></b> ${escapeHtml(title)}</summary><ul>${shown.join("\n")}</ul></details>`;
}

type Evidence = Found["cases"][number]["evidence"][number];

function block({
  what,
  command,
  env,
  mode,
  marker,
  ran,
  status,
  signal,
  hung,
  stdout,
  stderr,
  ms,
}: Evidence): string {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `);
  const end = hung ? "killed: it did not end" : signal !== null ? `ended by ${signal}` : `status ${status}`;
  const lines = [
    `${what}, mode ${mode}, ${ms} ms`,
    `$ ${settings.join("")}${command.map(quoted).join(" ")}`,
    `${end}; marker ${marker}: ${ran ? "observed" : "not observed"}`,
    ...(stdout === "" ? [] : [`standard output: ${stdout.trimEnd()}`]),
    ...(stderr === "" ? [] : [`standard error: ${stderr.trimEnd()}`]),
  ];
  return `<pre>${escapeHtml(lines.join("\n"))}</pre>`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function anchor(id: string, name: string): string {
  return `${id}--${name}`;
}

function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** Control characters, such as a terminal's escapes, are not for a page. */
function escapeHtml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n]/gu, "\u00b7")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
