/** The import rules: the tables of rooms in ARCHITECTURE.md, which are their one place, as values. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** What a room, or one file of it beyond that, may import besides its own room. */
export interface Rule {
  /** The folder, or the file, relative to the repository. */
  readonly of: string;
  readonly allows: readonly Allowance[];
}

export interface Allowance {
  /** A folder or a file relative to the repository, or a package's name, or ANY_PACKAGE. */
  readonly target: string;
  readonly typesOnly: boolean;
}

export const ANY_PACKAGE = "any package";

/** @throws Error where a row is not in the form that the others have. */
export function readImportRules(architecture = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8")): Rule[] {
  const tables = architecture.matchAll(/^\| room .*\n\|[ |-]+\n((?:\|.*\n)+)/gm);
  const rows = [...tables].flatMap(([, lines = ""]) => lines.trimEnd().split("\n"));
  return rows.map((row) => {
    const [name = "", , rooms = "", outside = "", ...rest] = row.split("|").slice(1, -1);
    if (rest.length > 0 || outside === "")
      throw new Error(`ARCHITECTURE.md: not a row of four cells: ${row}`);
    const of = name.trim().slice(1, -1).replace(/\/$/, "");
    return { of, allows: [...allowances(rooms, (target) => located(of, target)), ...allowances(outside)] };
  });
}

/** Reads "nothing", or "any package", or names in backticks, "types of" before those that are imported as types alone. */
function allowances(cell: string, locate = (name: string) => name): Allowance[] {
  const text = cell.trim();
  if (text === "nothing") return [];
  if (text === ANY_PACKAGE) return [{ target: text, typesOnly: false }];
  return text.split(", ").map((each) => {
    const [, types, name] = /^(types of )?`([^`]+)`$/.exec(each) ?? [];
    if (name === undefined) throw new Error(`ARCHITECTURE.md: not a list of names: ${text}`);
    return { target: locate(name), typesOnly: types !== undefined };
  });
}

/** Finds what a name means in a row: the nearest of that name, from the row's own folder outwards. */
function located(of: string, name: string): string {
  for (let folder = of; ; folder = posix.dirname(folder)) {
    const candidate = posix.join(folder, name);
    if (existsSync(join(ROOT, candidate))) return candidate;
    if (folder === ".") throw new Error(`ARCHITECTURE.md: there is no ${name} for ${of} to import`);
  }
}
