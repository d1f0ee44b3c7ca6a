/** Reads an adapter: checks it against the schema, then for what a schema cannot say. */
import schema from "../../../adapters/adapter.schema.json" with { type: "json" };
import type { Kind } from "../requirements/ways.ts";
import type { Adapter, Entry } from "./adapter.ts";
import { complaints, type Schema, type SchemaComplaint } from "./json-schema.ts";
import { computesMarker, type Program } from "./marker.ts";
import { misspelt, PLACEHOLDERS, type Placeholder } from "./template.ts";

/** What is wrong with an adapter; `at` is where, as a JSON Pointer. */
export type AdapterComplaint =
  | SchemaComplaint
  | ({ readonly at: string } & (
      | { readonly breaks: "placeholder"; readonly text: string }
      /** A placeholder that nothing replaces in this text; `known` are those that are replaced. */
      | {
          readonly breaks: "unknown here";
          readonly name: Placeholder;
          readonly known: readonly Placeholder[];
        }
      | { readonly breaks: "marker" }
      | { readonly breaks: "unique name"; readonly name: string }
      /** Nothing makes use of this field. */
      | { readonly breaks: "unused"; readonly field: keyof Entry; readonly why: Unused }
      /** The two halves stand side by side, so that the text itself shows the marker. */
      | { readonly breaks: "hidden marker" }
      /** What only a program's text is filled in with. */
      | { readonly breaks: "program's own"; readonly text: string }
      /** The entry lacks what its kind needs. */
      | { readonly breaks: "need"; readonly kind: Kind; readonly need: Need }
    ));

/** Why a field is of no use: no text mentions it, or the entries of this kind have no use for it. */
export type Unused = { readonly mention: `{${Placeholder}}` } | { readonly kind: Kind };

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
    ...ofEveryCommand(adapter).flatMap(({ at, text }) => unfillable(at, text, ["interpreter"])),
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
    ...filledTexts(path, entry, need === "main").flatMap(({ at, text, known }) =>
      unfillable(at, text, known),
    ),
    ...(program === undefined ? [] : programComplaints(`${path}/program`, program)),
    ...unusedFields(path, kind, entry),
    ...(["main", "again"] as const).flatMap((field) =>
      (entry[field]?.match(PROGRAMS_OWN) ?? []).map((text) => ({
        at: `${path}/${field}`,
        breaks: "program's own" as const,
        text,
      })),
    ),
    ...(isTwice ? [{ at: `${path}/name`, breaks: "unique name" as const, name }] : []),
    ...(need === undefined || has(entry, need)
      ? []
      : [{ at: `${path}${AT[need]}`, breaks: "need" as const, kind, need }]),
  ];
}

/** The kinds whose code is in a file that the adapter may name and make. */
const IN_A_FILE: readonly Kind[] = [
  "script",
  "startup",
  "module",
  "option",
  "by-name",
  "compiled",
  "native",
  "shebang",
];

/** The kinds that have a use for a field; all, where it is not named here. */
const KINDS_WITH: Readonly<Partial<Record<keyof Entry, readonly Kind[]>>> = {
  file: IN_A_FILE,
  prepare: IN_A_FILE,
  again: ["module"],
  prompt: ["terminal", "startup"],
};

/** The fields that nothing makes use of: what an author meant by them would not be tried. */
function unusedFields(path: string, kind: Kind, entry: Entry): readonly AdapterComplaint[] {
  const unused = (field: keyof Entry, why: Unused) => ({
    at: `${path}/${field}`,
    breaks: "unused" as const,
    field,
    why,
  });
  const ofKind = (Object.keys(KINDS_WITH) as (keyof Entry)[]).filter(
    (field) => entry[field] !== undefined && KINDS_WITH[field]?.includes(kind) === false,
  );
  const isLost = (field: "main" | "prepare", place: Placeholder, texts: readonly string[]) =>
    entry[field] !== undefined && !texts.some((text) => text.includes(`{${place}}`));
  const places = [...entry.command, ...Object.values(entry.env ?? {}), entry.stdin ?? ""];
  return [
    ...ofKind.map((field) => unused(field, { kind })),
    ...(isLost("main", "main", places) ? [unused("main", { mention: "{main}" })] : []),
    ...(isLost("prepare", "file", entry.prepare ?? []) ? [unused("prepare", { mention: "{file}" })] : []),
    ...(entry.again !== undefined && !entry.again.includes("{again}")
      ? [unused("again", { mention: "{again}" })]
      : []),
    ...(entry.stdin !== undefined && (kind === "stdin" || kind === "terminal")
      ? [unused("stdin", { kind })]
      : []),
  ];
}

/** Only programs get these. */
const PROGRAMS_OWN = /\{(?:a|b|left|right)\}/g;

/** Where in the entry a complaint about a need points. */
const AT: Readonly<Record<Need, string>> = {
  "{program}": "",
  "{file}": "/command",
  main: "/main",
};

/** A text in which every word in braces has to be a placeholder, and one that is known there. */
interface FilledText {
  readonly at: string;
  readonly text: string;
  readonly known: readonly Placeholder[];
}

/** @param needsMain A missing `main` is complained of as such. */
function filledTexts(path: string, entry: Entry, needsMain = false): readonly FilledText[] {
  const { command, env = {}, stdin, files = [], prepare = [], main, again } = entry;
  const ofCode: readonly Placeholder[] = ["interpreter", "file", "folder", "name", "program"];
  const hasMain = needsMain || main !== undefined || again !== undefined;
  const known: readonly Placeholder[] = hasMain ? [...ofCode, "main"] : ofCode;
  return [
    ...command.map((text, at) => ({ at: `${path}/command/${at}`, text, known })),
    ...Object.entries(env).map(([name, text]) => ({ at: `${path}/env/${name}`, text, known })),
    ...(stdin === undefined ? [] : [{ at: `${path}/stdin`, text: stdin, known }]),
    ...files.map((each, at) => ({
      at: `${path}/files/${at}/path`,
      text: each.path,
      known: ["name"] as const,
    })),
    ...prepare.map((text, at) => ({
      at: `${path}/prepare/${at}`,
      text,
      known: ["interpreter", "source", "file"] as const,
    })),
  ];
}

/** The texts of the whole adapter, which are filled in before there is any code. */
function ofEveryCommand({ version = [], env = {} }: Adapter): readonly Omit<FilledText, "known">[] {
  return [
    ...version.map((text, at) => ({ at: `/version/${at}`, text })),
    ...Object.entries(env).map(([name, text]) => ({ at: `/env/${name}`, text })),
  ];
}

/** Complains of words in braces that are no placeholders, or that nothing replaces there. */
function unfillable(at: string, text: string, known: readonly Placeholder[]): readonly AdapterComplaint[] {
  return [
    ...misspelt(text).map((text) => ({ at, breaks: "placeholder" as const, text })),
    ...(Object.keys(PLACEHOLDERS) as Placeholder[])
      .filter((name) => !known.includes(name) && text.includes(`{${name}}`))
      .map((name) => ({ at, breaks: "unknown here" as const, name, known })),
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
  if (!computesMarker(program)) return [{ at, breaks: "marker" }];
  const isShown = typeof program === "string" && program.includes("{left}{right}");
  return isShown ? [{ at, breaks: "hidden marker" }] : [];
}
