/**
 * The part of JSON Schema that the kit's own schemas use, and no more: a schema with another keyword is an error here.
 * Validators that compile a schema to code cannot be used, because the executable allows no code from strings.
 */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** What is wrong with a value, by the keyword that it breaks. `at` is where: a JSON Pointer, `/` for the whole. */
export type SchemaComplaint = { readonly at: string } & (
  | { readonly breaks: "type"; readonly expected: string; readonly found: string }
  | { readonly breaks: "enum"; readonly allowed: readonly unknown[]; readonly found: unknown }
  | { readonly breaks: "const"; readonly expected: unknown }
  | { readonly breaks: "pattern"; readonly pattern: string; readonly found: string }
  | { readonly breaks: "minLength" }
  | { readonly breaks: "minItems"; readonly least: number }
  | { readonly breaks: "required"; readonly name: string }
  | { readonly breaks: "additionalProperties"; readonly known: readonly string[] }
);

/** A value, and where it is. */
interface Spot {
  readonly value: unknown;
  /** A JSON Pointer, empty for the whole. */
  readonly path: string;
  readonly root: Schema;
}

type Check = (rule: never, spot: Spot, schema: Schema) => readonly SchemaComplaint[];

const ANNOTATIONS = new Set(["$schema", "$id", "$defs", "title", "description", "default", "examples"]);

/** Checks a value against a schema; gives what is wrong. */
export function complaints(schema: Schema, value: unknown): readonly SchemaComplaint[] {
  return check(schema, { value, path: "", root: schema });
}

function check(schema: Schema, spot: Spot): readonly SchemaComplaint[] {
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const checked = CHECKS[keyword];
    if (checked === undefined) throw new Error(`the schema uses ${keyword}, which is not implemented here`);
    return checked(rule as never, spot, schema);
  });
}

const CHECKS: Readonly<Record<string, Check>> = {
  $ref: (ref: string, spot) => check(resolve(spot.root, ref), spot),

  type(expected: string, { value, path }) {
    const found = typeOf(value);
    const isType = found === expected || (expected === "number" && found === "integer");
    return isType ? [] : [{ at: shown(path), breaks: "type", expected, found }];
  },

  enum: (allowed: readonly unknown[], { value, path }) =>
    allowed.includes(value) ? [] : [{ at: shown(path), breaks: "enum", allowed, found: value }],

  const: (expected: unknown, { value, path }) =>
    value === expected ? [] : [{ at: shown(path), breaks: "const", expected }],

  pattern: (pattern: string, { value, path }) =>
    typeof value !== "string" || new RegExp(pattern).test(value)
      ? []
      : [{ at: shown(path), breaks: "pattern", pattern, found: value }],

  minLength: (least: number, { value, path }) =>
    typeof value !== "string" || value.length >= least ? [] : [{ at: shown(path), breaks: "minLength" }],

  minItems: (least: number, { value, path }) =>
    !Array.isArray(value) || value.length >= least ? [] : [{ at: shown(path), breaks: "minItems", least }],

  items: (of: Schema, spot) =>
    Array.isArray(spot.value) ? spot.value.flatMap((item, at) => check(of, within(spot, at, item))) : [],

  required: (names: readonly string[], { value, path }) =>
    isObject(value)
      ? names
          .filter((name) => !(name in value))
          .map((name) => ({ at: shown(path), breaks: "required", name }))
      : [],

  properties(of: Readonly<Record<string, Schema>>, spot) {
    const { value } = spot;
    if (!isObject(value)) return [];
    return Object.entries(of).flatMap(([name, schema]) =>
      name in value ? check(schema, within(spot, name, value[name])) : [],
    );
  },

  additionalProperties(rule: false | Schema, spot, schema) {
    const { value } = spot;
    if (!isObject(value)) return [];
    const known = Object.keys((schema.properties as object | undefined) ?? {});
    const others = Object.keys(value).filter((name) => !known.includes(name));
    return others.flatMap((name) => {
      const there = within(spot, name, value[name]);
      if (rule !== false) return check(rule, there);
      return [{ at: there.path, breaks: "additionalProperties", known }];
    });
  },

  oneOf(schemas: readonly Schema[], spot) {
    const each = schemas.map((one) => check(one, spot));
    if (each.filter((found) => found.length === 0).length === 1) return [];
    // The branch whose complaint lies deepest is the one that was meant.
    return each.reduce((best, found) => (depth(found) > depth(best) ? found : best));
  },
};

function depth(found: readonly SchemaComplaint[]): number {
  return Math.max(...found.map(({ at }) => at.split("/").length));
}

function resolve(root: Schema, ref: string): Schema {
  const found = ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], root);
  if (found === undefined) throw new Error(`the schema refers to ${ref}, which is not there`);
  return found as Schema;
}

/** A JSON Pointer writes `~` and `/` in a name as `~0` and `~1` (RFC 6901). */
function within({ path, root }: Spot, name: string | number, value: unknown): Spot {
  const pointed = String(name).replaceAll("~", "~0").replaceAll("/", "~1");
  return { value, path: `${path}/${pointed}`, root };
}

function shown(path: string): string {
  return path === "" ? "/" : path;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === "object";
}
