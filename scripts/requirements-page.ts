/**
 * docs/requirements.md: its prose is written there by hand; its tables, each between two comments that name it, are made
 * from the requirements that the kit judges by. `npm run docs` writes them anew; a test tells when they have drifted.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS, type Channel } from "../src/conformance/requirements/channels.ts";
import { MODES } from "../src/conformance/requirements/expectations.ts";
import type { Group } from "../src/conformance/requirements/groups.ts";
import { REQUIREMENTS } from "../src/conformance/requirements/requirements.ts";
import { SOURCES, type Source } from "../src/conformance/requirements/sources.ts";
import { tableRows } from "../src/conformance/requirements/table-rows.ts";
import { table } from "./table.ts";

export const PAGE = join(import.meta.dirname, "../docs/requirements.md");

const TABLES: Readonly<Record<string, () => string>> = {
  files: () => channelTable("file"),
  streams: () => channelTable("stream"),
  stdin: () => channelTable("stdin"),
  texts: () => channelTable("snippet", "environment"),
  startup: () => channelTable("startup"),
  modules: () => channelTable("module"),
  others: () => channelTable("option", "by-name", "compiled", "native", "shebang"),
  locked: () => channelTable("locked"),
  check: () => sentences("check", "securebits"),
  failures: () => sentences("fault", "race"),
  sources: sourceTable,
};

/** The page with each of its tables made anew. */
export function renewed(page: string): string {
  return page.replaceAll(
    /(<!-- table: (\w+) -->\n)(?:.*?)(<!-- end -->)/gs,
    (_, begin: string, name: string, end: string) => `${begin}\n${tableCalled(name)}\n${end}`,
  );
}

/** What the page leaves out, which is nothing unless a requirement has been added to no table. */
export function leftOut(page: string): string[] {
  return tableRows(REQUIREMENTS)
    .map(({ id }) => id)
    .filter((id) => !page.includes(`id="${id}"`));
}

function tableCalled(name: string): string {
  const table = TABLES[name];
  if (table === undefined)
    throw new Error(`there is no table ${name}: only ${Object.keys(TABLES).join(", ")}`);
  return table();
}

function channelTable(...groups: Group[]): string {
  const rows = CHANNELS.filter(({ group }) => groups.includes(group)).map((channel) => [
    `<a id="${channel.id}"></a>\`${channel.id}\``,
    channel.what,
    ...MODES.map((mode) => cell(channel, mode)),
    reference(channel.from),
  ]);
  return table(["id", "what is handed over", ...MODES.map((mode) => `mode ${mode}`), "from"], rows);
}

/** MUST goes without saying; what is not required in this mode is in brackets. */
function cell({ expect, levels }: Channel, mode: (typeof MODES)[number]): string {
  const verb = expect[mode - 1] === "run" ? "run" : "**refuse**";
  const level = levels[mode - 1];
  if (level === null) return `(${verb})`;
  if (level === "CHOICE") return level;
  return level === "MUST" ? verb : `${verb}, ${level}`;
}

function sentences(...groups: Group[]): string {
  const rows = REQUIREMENTS.filter(({ group }) => groups.includes(group)).map(
    ({ id, level, sentence, from }) => [`<a id="${id}"></a>\`${id}\``, level, sentence, reference(from)],
  );
  return table(["id", "level", "what holds", "from"], rows);
}

function sourceTable(): string {
  const rows = Object.entries<Source>(SOURCES).map(([id, { authority, where, says }]) => [
    `<a id="${id}"></a>\`${id}\``,
    authority,
    where,
    says,
  ]);
  return table(["name", "authority", "where", "what it says, in our words"], rows);
}

const reference = (source: string): string => `[${source}](#${source})`;

if (import.meta.main) writeFileSync(PAGE, renewed(readFileSync(PAGE, "utf8")));
