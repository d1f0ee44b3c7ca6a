/** An adapter: all that the kit knows of an interpreter. adapter.schema.json says the same to an editor. */
import schema from "../../../adapters/adapter.schema.json" with { type: "json" };
import { KINDS, type Kind } from "../requirements/requirements.ts";
import { complaints, type Schema } from "./json-schema.ts";
import type { Program } from "./marker.ts";

/** One way in which the interpreter takes code. */
export interface Entry {
  /** Distinguishes the entries of one channel: `-c`, `PERL5OPT`. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input is: a file's path. Default: /dev/null. */
  readonly stdin?: string;
  /** The text of an executable script that is there beforehand, as `{main}`. */
  readonly main?: string;
  /** Instead of the adapter's own program. */
  readonly program?: Program;
  /** The name of the file that holds the code, `/` allowed. */
  readonly file?: string;
  /** A command that makes `{file}` of `{source}`. */
  readonly prepare?: readonly string[];
  /** The interpreter does not offer it to root. */
  readonly asOrdinaryUser?: true;
  /** What the terminal shows when it waits for code. */
  readonly prompt?: string;
  /** The text of `{main}` that loads `{file}` and then `{again}`, the same file by another path, and then runs the program. */
  readonly again?: string;
}

export interface Adapter {
  readonly name: string;
  readonly title: string;
  /** A name to be looked for in PATH, or a path. */
  readonly interpreter: string;
  /** A command that prints the version, and how to find it in there. */
  readonly version?: readonly string[];
  /** The Debian package that brings it. */
  readonly package?: string;
  readonly extension?: string;
  readonly program: Program;
  readonly channels: Readonly<Partial<Record<Kind, readonly Entry[]>>>;
}

/** What may stand in braces. */
const PLACES = new Set(["interpreter", "file", "folder", "name", "program", "main", "source", "again"]);

/**
 * Reads an adapter from what JSON.parse gave.
 *
 * @returns The adapter, or what is wrong with it, each with the path into the file.
 */
export function readAdapter(value: unknown): { adapter: Adapter } | { wrong: readonly string[] } {
  const wrong = complaints(schema as Schema, value);
  if (wrong.length > 0) return { wrong };
  const adapter = value as Adapter;
  const further = [
    ...programComplaint("/program", adapter.program),
    ...Object.entries(adapter.channels).flatMap(([kind, entries]) =>
      entries.flatMap((entry, index) =>
        entryComplaints(`/channels/${kind}/${index}`, kind as Kind, entry, entries),
      ),
    ),
  ];
  return further.length > 0 ? { wrong: further } : { adapter };
}

function entryComplaints(path: string, kind: Kind, entry: Entry, all: readonly Entry[]): string[] {
  const texts = [
    ...entry.command.map((text, at) => [`${path}/command/${at}`, text] as const),
    ...Object.entries(entry.env ?? {}).map(([name, text]) => [`${path}/env/${name}`, text] as const),
    ...(entry.prepare ?? []).map((text, at) => [`${path}/prepare/${at}`, text] as const),
  ];
  const found: string[] = texts.flatMap(([at, text]) =>
    [...text.matchAll(/\{([a-z]+)\}/g)]
      .filter(([, name]) => !PLACES.has(name as string))
      .map(([whole]) => `${at}: ${whole} is no placeholder: there are ${[...PLACES].join(", ")}`),
  );
  if (entry.program !== undefined) found.push(...programComplaint(`${path}/program`, entry.program));
  if (all.filter(({ name }) => name === entry.name).length > 1)
    found.push(`${path}/name: ${JSON.stringify(entry.name)} is there twice in this channel`);
  const whole = [...texts.map(([, text]) => text), entry.main ?? "", entry.stdin ?? "", entry.file ?? ""];
  const mentions = (place: string) => whole.some((text) => text.includes(`{${place}}`));
  if ((kind === "snippet" || kind === "environment") && !mentions("program"))
    found.push(`${path}: a ${kind} entry must say where {program} goes`);
  if (kind === "module" && entry.main === undefined)
    found.push(`${path}/main: a module entry must have the text of the script that imports`);
  if (kind === "terminal" && entry.prompt === undefined)
    found.push(`${path}/prompt: a terminal entry must say what the prompt is`);
  if (
    ["script", "option", "compiled", "native", "shebang"].includes(kind) &&
    !mentions("file") &&
    !mentions("folder")
  )
    found.push(`${path}/command: a ${kind} entry must say where {file} goes: ${KINDS[kind]}`);
  return found;
}

function programComplaint(path: string, program: Program): string[] {
  if (typeof program !== "string") return [];
  const has = (...names: string[]) => names.every((name) => program.includes(`{${name}}`));
  if (has("a", "b") || has("left", "right")) return [];
  return [
    `${path}: the program must print the sum of {a} and {b}, or {left} and {right} joined: its text must hold both`,
  ];
}
