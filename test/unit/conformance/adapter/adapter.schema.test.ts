/**
 * An adapter's type and its schema say the same. The tables here are held against the type by the compiler, which wants
 * every key of it in them and no other, with whether it may be left out and what it holds; and against the schema by tests.
 */
import { expect, test } from "vitest";
import schema from "../../../../adapters/adapter.schema.json" with { type: "json" };
import type { Adapter, CompanionFile, Entry } from "../../../../src/conformance/adapter/adapter.ts";
import type { Schema } from "../../../../src/conformance/adapter/json-schema.ts";
import type { Program } from "../../../../src/conformance/adapter/marker.ts";
import { ENFORCED } from "../../../../src/conformance/requirements/always.ts";

type Held<T> = [T] extends [true]
  ? "true"
  : [T] extends [string]
    ? "text"
    : [T] extends [readonly string[]]
      ? "texts"
      : [T] extends [readonly CompanionFile[]]
        ? "companions"
        : [T] extends [readonly Entry[]]
          ? "entries"
          : [T] extends [Program]
            ? "program"
            : [T] extends [Readonly<Record<string, string>>]
              ? "text by name"
              : [T] extends [Adapter["channels"]]
                ? "channels"
                : never;

type Presence<T, K extends keyof T> = Partial<Pick<T, K>> extends Pick<T, K> ? "optional" : "required";

/** Every key of a type, each with whether it is required and what it holds. */
type Described<T> = {
  readonly [K in keyof T]-?: `${Presence<T, K>} ${Held<Exclude<T[K], undefined>>}`;
};

const ADAPTER: Described<Adapter> = {
  name: "required text",
  title: "required text",
  interpreter: "required text",
  version: "optional texts",
  package: "optional text",
  extension: "optional text",
  env: "optional text by name",
  uncalibrated: "optional true",
  always: "optional texts",
  twin: "optional text",
  program: "required program",
  channels: "required channels",
};

const CHANNELS: Described<Adapter["channels"]> = {
  script: "optional entries",
  stdin: "optional entries",
  terminal: "optional entries",
  snippet: "optional entries",
  environment: "optional entries",
  startup: "optional entries",
  module: "optional entries",
  option: "optional entries",
  "by-name": "optional entries",
  compiled: "optional entries",
  native: "optional entries",
  shebang: "optional entries",
};

const ENTRY: Described<Entry> = {
  name: "required text",
  command: "required texts",
  env: "optional text by name",
  stdin: "optional text",
  main: "optional text",
  files: "optional companions",
  program: "optional program",
  file: "optional text",
  prepare: "optional texts",
  asOrdinaryUser: "optional true",
  prompt: "optional text",
  again: "optional text",
};

const COMPANION: Described<CompanionFile> = {
  path: "required text",
  text: "required text",
  mode: "optional text",
};

const REPEATED: Described<Exclude<Program, string>> = { first: "optional text", repeat: "required text" };

interface ObjectSchema extends Schema {
  readonly properties: Readonly<Record<string, Schema>>;
}

/** The same of a schema's object. */
function described({ properties, required = [] }: ObjectSchema): Record<string, string> {
  const isRequired = (name: string) => (required as readonly string[]).includes(name);
  return Object.fromEntries(
    Object.entries(properties).map(([name, of]) => [
      name,
      `${isRequired(name) ? "required" : "optional"} ${held(of)}`,
    ]),
  );
}

function held({ $ref, type, const: constant, properties, items, additionalProperties }: Schema): string {
  if (typeof $ref === "string") return { command: "texts" }[$ref.slice(8)] ?? $ref.slice(8);
  if (constant === true) return "true";
  if (type === "string") return "text";
  if (type === "array") return (items as Schema).$ref === "#/$defs/companion" ? "companions" : "texts";
  if (properties !== undefined) return "channels";
  return (additionalProperties as Schema).type === "string" ? "text by name" : "?";
}

const { $schema, schemaVersion, ...properties } = schema.properties;
const { command, companion, entries, entry, program } = schema.$defs;
const [plain, repeated] = program.oneOf as unknown as [Schema, ObjectSchema];
const object = (of: object) => of as ObjectSchema;

test.each([
  ["the adapter", described({ ...schema, properties }), ADAPTER],
  ["its channels", described(object(schema.properties.channels)), CHANNELS],
  ["an entry", described(object(entry)), ENTRY],
  ["a companion file", described(object(companion)), COMPANION],
  ["a program that is repeated", described(repeated), REPEATED],
])("%s", (_, ofSchema, ofType) => expect(ofSchema).toEqual(ofType));

test("what is referred to", () => {
  expect(command).toMatchObject({ type: "array", items: { type: "string" } });
  expect(entries).toMatchObject({ type: "array", items: { $ref: "#/$defs/entry" } });
  expect(plain).toMatchObject({ type: "string" });
  // An editor wants it; nothing reads it.
  expect($schema).toEqual({ type: "string" });
  // An adapter for a later version is refused; one for an earlier is right as it is.
  expect(schemaVersion.enum).toEqual([1, 2]);
});

test("what can be enforced always", () => {
  expect(schema.properties.always.items.enum).toEqual(ENFORCED);
});

test("no object takes more than these", () => {
  for (const each of [schema, schema.properties.channels, companion, entry, repeated])
    expect(each).toMatchObject({ type: "object", additionalProperties: false });
});
