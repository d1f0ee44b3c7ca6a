/**
 * The part of JSON Schema that this kit's own schemas use, and no more: a schema with another keyword is an error here.
 * Validators that compile a schema to code cannot be used, because the executable allows no code from strings.
 */
export interface Schema {
  readonly [keyword: string]: unknown;
}

const ANNOTATIONS = new Set(["$schema", "$id", "$defs", "title", "description", "default", "examples"]);

/**
 * Checks a value against a schema.
 *
 * @returns What is wrong, each with the path into the value (a JSON Pointer).
 */
export function complaints(schema: Schema, value: unknown, path = "", root: Schema = schema): string[] {
  const at = path === "" ? "/" : path;
  return Object.entries(schema).flatMap(([keyword, rule]): string[] => {
    if (ANNOTATIONS.has(keyword)) return [];
    switch (keyword) {
      case "$ref":
        return complaints(resolve(root, rule as string), value, path, root);
      case "type":
        return typeOf(value) === rule || (rule === "number" && typeOf(value) === "integer")
          ? []
          : [`${at}: must be ${article(rule as string)}, and is ${article(typeOf(value))}`];
      case "enum":
        return (rule as unknown[]).includes(value)
          ? []
          : [`${at}: must be one of ${(rule as unknown[]).join(", ")}, and is ${JSON.stringify(value)}`];
      case "const":
        return value === rule ? [] : [`${at}: must be ${JSON.stringify(rule)}`];
      case "pattern":
        return typeof value !== "string" || new RegExp(rule as string).test(value)
          ? []
          : [`${at}: ${JSON.stringify(value)} does not match ${rule}`];
      case "minLength":
        return typeof value !== "string" || value.length >= (rule as number)
          ? []
          : [`${at}: must not be empty`];
      case "minItems":
        return !Array.isArray(value) || value.length >= (rule as number)
          ? []
          : [`${at}: must have at least ${rule} ${rule === 1 ? "item" : "items"}`];
      case "items":
        return Array.isArray(value)
          ? value.flatMap((item, index) => complaints(rule as Schema, item, `${path}/${index}`, root))
          : [];
      case "required":
        return isObject(value)
          ? (rule as string[])
              .filter((name) => !(name in value))
              .map((name) => `${at}: ${JSON.stringify(name)} is missing`)
          : [];
      case "properties":
        return isObject(value)
          ? Object.entries(rule as Record<string, Schema>).flatMap(([name, of]) =>
              name in value ? complaints(of, value[name], `${path}/${pointed(name)}`, root) : [],
            )
          : [];
      case "additionalProperties":
        return isObject(value) ? additional(schema, rule as false | Schema, value, path, root) : [];
      case "oneOf": {
        const each = (rule as Schema[]).map((one) => complaints(one, value, path, root));
        if (each.filter((found) => found.length === 0).length === 1) return [];
        // The branch that complains least, and deepest, is the one that was meant.
        const depth = (found: string[]) => Math.max(...found.map((text) => text.split("/").length));
        return each.reduce((best, found) => (depth(found) > depth(best) ? found : best));
      }
      default:
        throw new Error(`the schema uses ${keyword}, which is not implemented here`);
    }
  });
}

function additional(
  schema: Schema,
  rule: false | Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  root: Schema,
): string[] {
  const { properties } = schema;
  const known = Object.keys((properties as object | undefined) ?? {});
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .flatMap((name) =>
      rule === false
        ? [`${path}/${pointed(name)}: is not known here; known are ${known.join(", ")}`]
        : complaints(rule, value[name], `${path}/${pointed(name)}`, root),
    );
}

function resolve(root: Schema, ref: string): Schema {
  const found = ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], root);
  if (found === undefined) throw new Error(`the schema refers to ${ref}, which is not there`);
  return found as Schema;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === "object";
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : type === "null" ? "null" : `a ${type}`;
}

/** A JSON Pointer writes `~` and `/` in a name as `~0` and `~1` (RFC 6901). */
function pointed(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
