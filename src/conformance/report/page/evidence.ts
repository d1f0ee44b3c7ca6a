/** The second half of the page: the evidence behind each verdict, in `details`, which need no script. */

import type { Evidence } from "../../findings/findings.ts";
import type { Requirement } from "../../requirements/requirement.ts";
import { SOURCES } from "../../requirements/sources.ts";
import type { TableRow } from "../../requirements/table-rows.ts";
import type { JsonInterpreter } from "../json.ts";
import { escapeHtml } from "./escape.ts";
import { whatOf } from "./table.ts";
import { anchor, breakable, className, label } from "./words.ts";

type Found = JsonInterpreter["requirements"][number];

/** The article on one row: what it asks, what it rests on, and what each interpreter did, mode by mode. */
export function articleOf(row: TableRow, interpreters: readonly JsonInterpreter[]): string {
  const requirements = ("alone" in row ? [row.alone] : row.modes).filter((each) => each !== undefined);
  const [first] = requirements as [Requirement];
  const { authority, where, says } = SOURCES[first.from];
  return `<article id="about-${row.id}" aria-labelledby="h-${row.id}"><header><h3 id="h-${row.id}"><a href="#about-${row.id}">${breakable(row.id)}</a></h3> <a class="back" href="#row-${row.id}" aria-label="to ${row.id} in the table">to the table</a></header>
<p>${escapeHtml(whatOf(row))}</p><p class="from"><cite>${escapeHtml(`${authority}, ${where}`)}</cite>: ${escapeHtml(says)}</p>
${requirements.map((each) => blockOf(each, interpreters)).join("\n")}</article>`;
}

/** One requirement of the row. */
function blockOf(requirement: Requirement, interpreters: readonly JsonInterpreter[]): string {
  const { id, level, sentence } = requirement;
  const found = interpreters.flatMap((of) => {
    const its = of.requirements.find((each) => each.id === id);
    if (its === undefined) return [];
    return [its.verdict === "not offered" ? notOffered(of) : caseList(of, its, requirement)];
  });
  return `<div class="one" id="${id}"><p class="ask"><code>${breakable(id)}</code> <span class="level">${level}</span> ${escapeHtml(sentence)}</p>
${found.join("\n")}</div>`;
}

function notOffered({ title }: JsonInterpreter): string {
  return `<p class="none"><b class="v not-offered">${label("not offered")}</b> ${escapeHtml(title)}</p>`;
}

/** The anchor stands inside of what is folded: a browser unfolds what a link points into, also without scripts. */
function caseList(of: JsonInterpreter, found: Found, requirement: Requirement): string {
  const { title, name, given } = of;
  const { id, verdict, cases, repair } = found;
  const shown = cases.map((each) => {
    const again = `exec-conformance ${given.map(quoted).join(" ")} --reproduce ${quoted(`${id}:${each.entry}`)}`;
    const replay = each.evidence.length === 0 || !canBeReproduced(requirement) ? "" : again;
    return `<li><b class="v ${className(each.verdict)}">${label(each.verdict)}</b> <code>${escapeHtml(each.entry)}</code> ${escapeHtml(each.reason)}${each.evidence.map(evidenceBlock).join("")}${replay === "" ? "" : `<p class="replay">To have it again: <code>${escapeHtml(replay)}</code></p>`}</li>`;
  });
  const help = repair === undefined ? "" : `<p class="repair">${escapeHtml(repair)}</p>`;
  return `<details><summary><b class="v ${className(verdict)}">${label(verdict)}</b> ${escapeHtml(title)}</summary>${help}<ul id="${anchor(id, name)}">${shown.join("\n")}</ul></details>`;
}

/** Whether one command shows it: what needs a tracer does not. */
function canBeReproduced({ proof }: Requirement): boolean {
  return proof.by === "channel";
}

function evidenceBlock(evidence: Evidence): string {
  const { what, command, env, mode, marker, ran, stdout, stderr, ms } = evidence;
  const settings = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `);
  const lines = [
    `# ${what}, mode ${mode}, ${ms} ms`,
    `$ ${settings.join("")}${bitsOf(evidence)}${command.map(quoted).join(" ")}`,
    `${end(evidence)}; marker ${marker}: ${ran ? "observed" : "not observed"}`,
    ...(stdout.trim() === "" ? [] : [`standard output: ${stdout.trimEnd()}`]),
    ...(stderr.trim() === "" ? [] : [`standard error: ${stderr.trimEnd()}`]),
  ];
  return `<pre>${escapeHtml(lines.join("\n"))}</pre>`;
}

/** The launcher, with the options of the mode; unless it is a part of the command already. */
function bitsOf({ command, mode }: Evidence): string {
  const sets = command.some((word) => /(^|\/)set-exec(\.js|\/bin\.ts)?$/.test(word));
  return sets ? "" : (SETS[mode] ?? "");
}

const SETS: Readonly<Record<number, string>> = {
  2: "set-exec -f -- ",
  3: "set-exec -i -- ",
  4: "set-exec -f -i -- ",
};

function end({ hung, signal, status }: Evidence): string {
  if (hung) return "killed: it did not end";
  return signal !== null ? `ended by ${signal}` : `status ${status}`;
}

/** Quotes a word for a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
