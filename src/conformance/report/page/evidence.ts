/** The second half of the page: the evidence behind each verdict, in `details`, which need no script. */

import type { Evidence } from "../../findings/findings.ts";
import type { Requirement } from "../../requirements/requirement.ts";
import { SOURCES } from "../../requirements/sources.ts";
import type { JsonInterpreter } from "../json.ts";
import { escapeHtml } from "./escape.ts";
import { anchor, className, label } from "./words.ts";

type Found = JsonInterpreter["requirements"][number];

/** The article on one requirement: what it says, what it rests on, and what each interpreter did. */
export function articleOf(requirement: Requirement, interpreters: readonly JsonInterpreter[]): string {
  const { id, level, sentence, from } = requirement;
  const { authority, where, says } = SOURCES[from];
  const found = interpreters.flatMap((of) => {
    const its = of.requirements.find((each) => each.id === id);
    return its === undefined ? [] : [its.verdict === "not offered" ? notOffered(of) : caseList(of, its)];
  });
  return `<article id="${id}" aria-labelledby="h-${id}"><header><h3 id="h-${id}"><a href="#${id}">${id}</a></h3> <span class="level">${level}</span> <a class="back" href="#row-${id}" aria-label="to ${id} in the table">to the table</a></header>
<p>${escapeHtml(sentence)}</p><p class="from"><cite>${escapeHtml(`${authority}, ${where}`)}</cite>: ${escapeHtml(says)}</p>
${found.join("\n")}</article>`;
}

function notOffered({ title }: JsonInterpreter): string {
  return `<p class="none"><b class="v not-offered">${label("not offered")}</b> ${escapeHtml(title)}</p>`;
}

/** The anchor is inside of `details`, because a browser opens these where a link points into them, also without scripts. */
function caseList({ title, name }: JsonInterpreter, { id, verdict, cases }: Found): string {
  const shown = cases.map(
    (each) =>
      `<li><b class="v ${className(each.verdict)}">${label(each.verdict)}</b> <code>${escapeHtml(each.entry)}</code> ${escapeHtml(each.reason)}${each.evidence.map(block).join("")}</li>`,
  );
  return `<details><summary><b class="v ${className(verdict)}">${label(verdict)}</b> ${escapeHtml(title)}</summary><ul id="${anchor(id, name)}">${shown.join("\n")}</ul></details>`;
}

function block(evidence: Evidence): string {
  const { what, command, env, mode, marker, ran, stdout, stderr, ms } = evidence;
  const settings = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `);
  const lines = [
    `# ${what}, mode ${mode}, ${ms} ms`,
    `$ ${settings.join("")}${command.map(quoted).join(" ")}`,
    `${end(evidence)}; marker ${marker}: ${ran ? "observed" : "not observed"}`,
    ...(stdout.trim() === "" ? [] : [`standard output: ${stdout.trimEnd()}`]),
    ...(stderr.trim() === "" ? [] : [`standard error: ${stderr.trimEnd()}`]),
  ];
  return `<pre>${escapeHtml(lines.join("\n"))}</pre>`;
}

function end({ hung, signal, status }: Evidence): string {
  if (hung) return "killed: it did not end";
  return signal !== null ? `ended by ${signal}` : `status ${status}`;
}

/** Quotes a word for a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
