/** The page's table: one row a requirement, of each interpreter its four modes as small cells. */
import { VERDICTS } from "../../findings/verdict.ts";
import { MODES } from "../../requirements/expectations.ts";
import { GROUPS, type Group } from "../../requirements/groups.ts";
import type { Requirement } from "../../requirements/requirement.ts";
import { type TableRow, tableRows } from "../../requirements/table-rows.ts";
import type { JsonInterpreter } from "../json.ts";
import { escapeHtml } from "./escape.ts";
import { anchor, breakable, className } from "./words.ts";

export function requirementTable(
  groups: readonly (readonly [Group, readonly Requirement[]])[],
  interpreters: readonly JsonInterpreter[],
): string {
  const heads = interpreters.map(({ title }) => `<th scope="col">${escapeHtml(title)}${MODE_HEADS}</th>`);
  return `<table id="all"><thead><tr><th scope="col">Requirement</th><th scope="col">Level</th>${heads.join("")}</tr></thead>
${groups.map(([group, of]) => groupRows(group, of, interpreters)).join("\n")}
</table>`;
}

const MODE_HEADS = `<span class="cells" aria-hidden="true">${MODES.map((mode) => `<i>${mode}</i>`).join("")}</span>`;

function groupRows(
  group: Group,
  of: readonly Requirement[],
  interpreters: readonly JsonInterpreter[],
): string {
  const rows = tableRows(of).map((each) => row(each, interpreters));
  return `<tbody id="group-${group}" data-group="${group}"><tr class="group"><th colspan="${interpreters.length + 2}" scope="rowgroup"><span>${escapeHtml(GROUPS[group])}</span></th></tr>\n${rows.join("\n")}</tbody>`;
}

function row(each: TableRow, interpreters: readonly JsonInterpreter[]): string {
  const inRow = "alone" in each ? [each.alone] : each.modes;
  const requirements = inRow.filter((of) => of !== undefined);
  const levels = [...new Set(requirements.map(({ level }) => level))];
  const cells = interpreters.map((of) => {
    const found = inRow.map((requirement) => cell(requirement, of, "alone" in each));
    return `<td><span class="who">${escapeHtml(of.title)}</span><span class="cells">${found.join("")}</span></td>`;
  });
  return `<tr data-levels="${levels.join(" ")}" id="row-${each.id}"><th scope="row"><a href="#about-${each.id}">${breakable(each.id)}</a><small>${escapeHtml(whatOf(each))}</small></th><td><span class="level">${levels.join(", ")}</span></td>${cells.join("")}</tr>`;
}

/** What is asked, without the mode where a row has all of them. */
export function whatOf(each: TableRow): string {
  if ("alone" in each) return each.alone.sentence;
  const { proof, sentence } = each.modes.find((of) => of !== undefined) as Requirement;
  return proof.by === "channel" ? proof.channel.what : sentence;
}

/** A cell leads to its evidence. Where nothing is required in a mode, it is empty. */
function cell(
  of: Requirement | undefined,
  { requirements, name }: JsonInterpreter,
  isAlone: boolean,
): string {
  const found = requirements.find(({ id }) => id === of?.id);
  if (found === undefined || of === undefined) return '<span class="none" aria-hidden="true">·</span>';
  const { word, sign } = VERDICTS[found.verdict];
  const mode = of.proof.by === "channel" ? `mode ${of.proof.mode}: ` : "";
  const text = `<span aria-hidden="true">${sign}</span><span class="${isAlone ? "word" : "unseen"}"> ${mode}${word}</span>`;
  const kind = `class="v ${className(found.verdict)}" title="${mode}${word}, ${of.level}"`;
  return found.verdict === "not offered"
    ? `<span ${kind}>${text}</span>`
    : `<a ${kind} href="#${anchor(of.id, name)}">${text}</a>`;
}
