import { functionNumber } from "../compiler/abi.ts";
import { type LineSpan, spansOfLines } from "../compiler/comes-from.ts";
import type { TraceStep } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { stackOf } from "../host/host.ts";
import { type LoadedUnit, unitNumber } from "./loaded-unit.ts";

/** Where an error occurred, and the calls that led there. */
export interface ErrorLocation {
  readonly source: SourceText;
  readonly span: LineSpan;
  readonly trace: readonly TraceStep[];
}

interface Frame {
  readonly unit: LoadedUnit;
  /** What was entered: null for the top level. */
  readonly function: string | null;
  /** Undefined for a line whose errors are the caller's, such as a wrong number of arguments. */
  readonly span: LineSpan | undefined;
}

/**
 * Reads an error's stack in terms of the script. Each call of generated code on it names its unit, and its line tells the
 * span in the source.
 *
 * @param unitOf The units that can be on a stack, by number.
 */
export function locateError(
  error: Error,
  unitOf: (number: number) => LoadedUnit | undefined,
): ErrorLocation | undefined {
  const frames = framesOf(error, unitOf);
  const [top, ...callers] = frames.slice(
    Math.max(
      0,
      frames.findIndex(({ span }) => span !== undefined),
    ),
  );
  if (top === undefined) return undefined;
  const trace: TraceStep[] = [];
  let inner = top;
  for (const caller of callers) {
    const { unit } = inner;
    const how = inner.function === null ? unit.how : "called";
    trace.push({
      entered: inner.function ?? unit.title,
      how,
      source: caller.unit.source,
      span: caller.span ?? START,
    });
    inner = caller;
  }
  return { source: top.unit.source, span: top.span ?? START, trace };
}

const START: LineSpan = { start: 0, end: 0, given: undefined };

function framesOf(error: Error, unitOf: (number: number) => LoadedUnit | undefined): Frame[] {
  const frames: Frame[] = [];
  const spans = new Map<LoadedUnit, ReturnType<typeof spansOfLines>>();
  let inChunk = false;
  for (const { text, function: name, line } of stackOf(error)) {
    const number = unitNumber(text);
    const unit = number === undefined ? undefined : unitOf(number);
    if (unit === undefined) continue;
    const spanOf = spans.get(unit) ?? spansOfLines(unit.text);
    spans.set(unit, spanOf);
    const span = spanOf(line);
    // A chunk of a long top level counts as the top level. The call before it, of the top level itself, is left out.
    const called = functionNumber(name);
    if (!inChunk)
      frames.push({ unit, function: called === "chunk" ? null : (unit.titles[called] ?? null), span });
    inChunk = called === "chunk";
  }
  return frames;
}
