/** Reads an adapter: checks it against the schema, then for what a schema cannot say. */
import schema from "../../../adapters/adapter.schema.json" with { type: "json" };
import type { Kind } from "../requirements/ways.ts";
import type { Adapter, Entry } from "./adapter.ts";
import { complaints, type Schema, type SchemaComplaint } from "./json-schema.ts";
import { computesMarker, type Program } from "./marker.ts";
import { misspelt, type Placeholder } from "./template.ts";

/** What is wrong with an adapter; `at` is where, as a JSON Pointer. */
export type AdapterComplaint =
  | SchemaComplaint
  | ({ readonly at: string } & (
      | { readonly breaks: "placeholder"; readonly text: string }
      | { readonly breaks: "marker" }
      | { readonly breaks: "unique name"; readonly name: string }
      /** The entry lacks what its kind needs. */
      | { readonly breaks: "need"; readonly kind: Kind; readonly need: Need }
    ));

/** What an entry may need: a placeholder somewhere, or a field. */
export type Need = "{program}" | "{file}" | "main";

/** What an entry of each kind needs. `{folder}` will do for `{file}`. */
const NEEDS: Readonly<Partial<Record<Kind, Need>>> = {
  snippet: "{program}",
  environment: "{program}",
  module: "main",
  script: "{file}",
  option: "{file}",
  "by-name": "{file}",
  compiled: "{file}",
  native: "{file}",
  shebang: "{file}",
};

/** Reads an adapter from what JSON.parse gave; gives it, or what is wrong with it. */
export function readAdapter(
  value: unknown,
): { readonly adapter: Adapter } | { readonly wrong: readonly AdapterComplaint[] } {
  const wrong = complaints(schema as Schema, value);
  if (wrong.length > 0) return { wrong };
  const adapter = value as Adapter;
  const further = [
    ...programComplaints("/program", adapter.program),
    ...Object.entries(adapter.channels).flatMap(([kind, entries]) =>
      entries.flatMap((entry, at) =>
        entryComplaints(`/channels/${kind}/${at}`, kind as Kind, entry, entries),
      ),
    ),
  ];
  return further.length > 0 ? { wrong: further } : { adapter };
}

function entryComplaints(
  path: string,
  kind: Kind,
  entry: Entry,
  all: readonly Entry[],
): readonly AdapterComplaint[] {
  const { name, program } = entry;
  const isTwice = all.filter((each) => each.name === name).length > 1;
  const need = NEEDS[kind];
  return [
    ...filledTexts(path, entry).flatMap(({ at, text }) =>
      misspelt(text).map((text) => ({ at, breaks: "placeholder" as const, text })),
    ),
    ...(program === undefined ? [] : programComplaints(`${path}/program`, program)),
    ...(isTwice ? [{ at: `${path}/name`, breaks: "unique name" as const, name }] : []),
    ...(need === undefined || has(entry, need)
      ? []
      : [{ at: `${path}${AT[need]}`, breaks: "need" as const, kind, need }]),
  ];
}

/** Where in the entry a complaint about a need points. */
const AT: Readonly<Record<Need, string>> = {
  "{program}": "",
  "{file}": "/command",
  main: "/main",
};

/** The texts in which every word in braces has to be a placeholder, each with where it is. */
function filledTexts(path: string, { command, env, prepare }: Entry): { at: string; text: string }[] {
  return [
    ...command.map((text, at) => ({ at: `${path}/command/${at}`, text })),
    ...Object.entries(env ?? {}).map(([name, text]) => ({ at: `${path}/env/${name}`, text })),
    ...(prepare ?? []).map((text, at) => ({ at: `${path}/prepare/${at}`, text })),
  ];
}

function has(entry: Entry, need: Need): boolean {
  const { main = "", stdin = "", file = "" } = entry;
  const texts = [...filledTexts("", entry).map(({ text }) => text), main, stdin, file];
  const mentions = (name: Placeholder) => texts.some((text) => text.includes(`{${name}}`));
  switch (need) {
    case "{program}":
      return mentions("program");
    case "{file}":
      return mentions("file") || mentions("folder");
    case "main":
      return entry.main !== undefined;
  }
}

function programComplaints(at: string, program: Program): readonly AdapterComplaint[] {
  return computesMarker(program) ? [] : [{ at, breaks: "marker" }];
}
