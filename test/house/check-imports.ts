/** Holds what source files import against the rules. */
import { posix } from "node:path";
import { type Allowance, ANY_PACKAGE, type Rule } from "./import-rules.ts";
import type { Import, SourceFile } from "./read-imports.ts";

/** The imports that no rule allows, and the folders without a rule, each as one line for the reader. */
export function complaints(files: readonly SourceFile[], rules: readonly Rule[]): string[] {
  const rooms = new Set(files.map(({ path }) => posix.dirname(path)));
  const unruled = [...rooms].filter((room) => rules.every(({ of }) => of !== room));
  return [
    ...unruled.map((room) => `${room}/ has no row in the tables of ARCHITECTURE.md`),
    ...files.flatMap((file) => complaintsAbout(file, rules)),
  ];
}

function complaintsAbout({ path, imports }: SourceFile, rules: readonly Rule[]): string[] {
  const allows = rules.filter(({ of }) => contains(of, path)).flatMap((rule) => rule.allows);
  return imports
    .filter((each) => !(each.isFile && posix.dirname(each.target) === posix.dirname(path)))
    .filter((each) => !allows.some((allowed) => admits(allowed, each)))
    .map(
      ({ line, target, typesOnly }) =>
        `${path}:${line} imports ${typesOnly ? "types of " : ""}${target}; it may import ${listed(allows)}`,
    );
}

function admits({ target, typesOnly }: Allowance, imported: Import): boolean {
  if (typesOnly && !imported.typesOnly) return false;
  if (imported.isFile) return contains(target, imported.target);
  return target === imported.target || target === ANY_PACKAGE;
}

/** Whether a name in the table is this file's own, or that of the folder it is in. */
const contains = (name: string, file: string): boolean => name === file || name === posix.dirname(file);

const listed = (allows: readonly Allowance[]): string =>
  allows.map(({ target, typesOnly }) => `${typesOnly ? "types of " : ""}${target}`).join(", ") || "nothing";
