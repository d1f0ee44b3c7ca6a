/** The first thing on the page: of each interpreter what it refused, what that comes to, and its groups as a strip. */
import { VERDICTS, type Verdict } from "../../findings/verdict.ts";
import { GROUPS, type Group } from "../../requirements/groups.ts";
import type { Requirement } from "../../requirements/requirement.ts";
import type { JsonInterpreter } from "../json.ts";
import { escapeHtml } from "./escape.ts";
import { className, OUTCOME_VERDICTS } from "./words.ts";

type Found = JsonInterpreter["requirements"][number];

/** The card of one interpreter. */
export function summaryCard(of: JsonInterpreter, shown: readonly Requirement[]): string {
  const { name, title, version, interpreter, outcome, notes, headline, conclusion, apart, must } = of;
  const verdict = OUTCOME_VERDICTS[outcome];
  const { of: due, held, untried } = must.refuse;
  const width = (count: number) => `width:${due === 0 ? 0 : ((count / due) * 100).toFixed(1)}%`;
  const groups = Map.groupBy(shown, ({ group }) => group);
  return `<section class="card" aria-labelledby="of-${name}"><h3 id="of-${name}">${escapeHtml(title)} <small>${escapeHtml([version, interpreter].filter((text) => text !== "").join(", "))}</small></h3>
${notes.map((note) => `<p class="apart">${escapeHtml(note)}</p>\n`).join("")}<p class="headline"><b>${escapeHtml(headline)}</b> <span class="bar" aria-hidden="true"><i class="held" style="${width(held)}"></i><i class="ran" style="${width(due - held - untried)}"></i></span></p>
<p class="outcome"><b class="v ${verdict}"><span aria-hidden="true">${VERDICTS[verdict].sign}</span> ${outcome}</b> ${escapeHtml(conclusion.replace(/^[^:]*: /, ""))}</p>
<p class="apart">${escapeHtml(apart)}</p>
<ul class="strip" aria-label="What ${escapeHtml(title)} did, part by part">${[...groups].map(([group, asked]) => chip(group, asked, of)).join("")}</ul></section>`;
}

/** One group of one interpreter, how much of it holds, and the way to it. */
function chip(group: Group, asked: readonly Requirement[], { requirements }: JsonInterpreter): string {
  const ids = new Set(asked.map(({ id }) => id));
  const found = requirements.filter(({ id }) => ids.has(id));
  const count = (verdict: Verdict) => judged(found).filter((each) => each.verdict === verdict).length;
  const tried = count("holds") + count("broken");
  const verdict = verdictOf(found);
  const untried = count("skipped");
  const rest = untried === 0 ? "" : `, ${untried} not tried`;
  const text = tried === 0 ? VERDICTS[verdict].word : `${count("holds")} of ${tried}${rest}`;
  return `<li><a class="v ${className(verdict)}" href="#group-${group}" title="${escapeHtml(GROUPS[group])}"><span aria-hidden="true">${VERDICTS[verdict].sign}</span> ${group} <span>${text}</span></a></li>`;
}

function judged(found: readonly Found[]): readonly Found[] {
  return found.filter(({ level }) => level !== "CHOICE");
}

function verdictOf(found: readonly Found[]): Verdict {
  const worst = (["broken", "skipped", "holds", "noted"] as const).find((verdict) =>
    found.some((each) => each.verdict === verdict && (verdict !== "broken" || each.level !== "CHOICE")),
  );
  return worst ?? "not offered";
}
