import { functionNumber } from "../compiler/abi.ts";
import { type LineSpan, spansOfLines } from "../compiler/comes-from.ts";
import type { TraceStep } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { stackOf } from "../host/host.ts";
import { type LoadedUnit, unitNumber } from "./loaded-unit.ts";

/** Where an error was made, and the calls that led there. */
export interface ErrorLocation {
  readonly source: SourceText;
  readonly span: LineSpan;
  readonly trace: readonly TraceStep[];
}

interface Frame {
  readonly unit: LoadedUnit;
  /** What was entered: null for the top level. */
  readonly function: string | null;
  /** Undefined where the line tells of an error that is the caller's: a wrong number of arguments. */
  readonly span: LineSpan | undefined;
}

/**
 * Reads an error's stack in terms of the script: each frame of generated code names its unit, and its line the place.
 * So nothing has to be kept while a program runs.
 * @param unitOf the units that can still be on a stack, by number
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
    // A chunk of a long top level is the top level; the frame after it, which called it, is the same one again.
    const called = functionNumber(name);
    if (!inChunk)
      frames.push({ unit, function: called === "chunk" ? null : (unit.titles[called] ?? null), span });
    inChunk = called === "chunk";
  }
  return frames;
}
