/** Running a text: the way from its characters to what it does. Each step has a room of its own. */
import { type Compiled, type CompiledUnit, compile, type Earlier } from "../compiler/compile.ts";
import type { UnitKind } from "../compiler/unit.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { tokenize } from "../lexer/tokenize.ts";
import { parse } from "../parser/parse.ts";
import type { Value } from "../values/value.ts";
import { BadCode } from "./bad-code.ts";
import type { Placement } from "./loaded-unit.ts";
import type { Machine } from "./machine.ts";

/**
 * Runs a text. Gives the value of its last expression; undefined if it has none.
 *
 * @throws {BadCode}
 */
export function runText(
  source: SourceText,
  kind: UnitKind,
  machine: Machine,
  placement: Placement,
): Value | undefined {
  return machine.execute(compileText(source, kind, machine, placement), placement);
}

/**
 * All that comes before it runs.
 *
 * @param earlier What earlier inputs of the same prompt declared.
 * @throws {BadCode}
 */
export function compileText(
  source: SourceText,
  kind: UnitKind,
  machine: Machine,
  placement: Placement,
  earlier?: Earlier,
): CompiledUnit {
  const compiled = tryToCompile(source, kind, machine, earlier);
  if (!compiled.ok) throw new BadCode(compiled.problems, placement);
  return compiled.unit;
}

/** The same, without throwing. */
export function tryToCompile(
  source: SourceText,
  kind: UnitKind,
  machine: Machine,
  earlier?: Earlier,
): Compiled {
  const tokens = tokenize(source);
  const parsed = parse(source, tokens);
  return parsed.ok ? compile(source, parsed.program, kind, machine.builtins, earlier) : parsed;
}
