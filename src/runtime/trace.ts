import { type LineSpan, spansOfLines } from "../compiler/comes-from.ts";
import type { TraceStep } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { type LoadedUnit, unitNumber } from "./load-unit.ts";

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
  const places = new Map<LoadedUnit, ReturnType<typeof spansOfLines>>();
  let inChunk = false;
  for (const site of callSites(error)) {
    const number = unitNumber(site.getFileName());
    const unit = number === undefined ? undefined : unitOf(number);
    if (unit === undefined) continue;
    const name = site.getFunctionName() ?? "";
    const spanOf = places.get(unit) ?? spansOfLines(unit.text);
    places.set(unit, spanOf);
    const span = spanOf(site.getLineNumber() ?? 1);
    // A chunk of a long top level is the top level; the frame after it, which called it, is the same one again.
    if (!inChunk) frames.push({ unit, function: unit.titles[Number(name.slice(1))] ?? null, span });
    inChunk = name === "g";
  }
  return frames;
}

function callSites(error: Error): readonly NodeJS.CallSite[] {
  const outer = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    const sites: unknown = error.stack;
    return Array.isArray(sites) ? sites : [];
  } finally {
    Error.prepareStackTrace = outer;
  }
}
