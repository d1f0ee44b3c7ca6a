import type { Span } from "../diagnostics/diagnostic.ts";
import { Name, RESERVED_WORDS } from "../lexer/tokens.ts";
import type { Identifier } from "./ast.ts";
import type { Problem } from "./problem.ts";
import { COUNTER } from "./special-names.ts";

/** The name that an import without `as` binds: the file name up to its first dot. */
export function importedName(path: string, at: Span, problem: (problem: Problem) => void): Identifier {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const name = file.split(".", 1)[0] as string;
  if (
    !new RegExp(`^(?:${(Name.PATTERN as RegExp).source})$`).test(name) ||
    RESERVED_WORDS.has(name) ||
    name === COUNTER
  ) {
    const message = "the file name cannot be used as a name";
    problem({ start: at.start, end: at.end, message, hint: 'write: import "…" as some_name' });
  }
  return { name, start: at.start, end: at.end };
}
