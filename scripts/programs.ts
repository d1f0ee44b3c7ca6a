/** Where the interpreters are that the shipped adapters are for. */
import { join } from "node:path";
import type { Adapter } from "../src/conformance/adapter/adapter.ts";
import { findInterpreter } from "../src/conformance/sandbox/find-interpreter.ts";

const { KERNEL_SAMPLE } = process.env;

/** What is not to be looked for in PATH alone: ours, and what version managers like to hide behind a script. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "kernel-sample": KERNEL_SAMPLE === undefined ? [] : [join(KERNEL_SAMPLE, "inc")],
  python3: ["/usr/bin/python3", "python3"],
  node: [process.execPath],
};

/** The adapter's program here; undefined if there is none. `inc` is ours, as it was built. */
export function programOf({ name, interpreter }: Adapter, inc: string): string | undefined {
  const places = name === "inc" ? [inc] : (PLACES[name] ?? [interpreter]);
  return places.map(findInterpreter).find((path) => path !== undefined);
}
