/** Takes the place of src/host/host.ts where there is no Node: a stand-in for the file that a browser's page would have. */
import type { StackCall } from "../../../src/host/host.ts";

export function evaluateJavaScript(text: string, name: string): unknown {
  // biome-ignore lint/security/noGlobalEval: what a page has for it.
  return globalThis.eval(`${text}\n//# sourceURL=${name}`);
}

export class Interrupted {}

export function interruptible<T>(call: () => T): T {
  return call();
}

export function withWholeStacks<T>(call: () => T): T {
  return call();
}

export function stackOf({ stack = "" }: Error): StackCall[] {
  return [...stack.matchAll(/^ +at (?:(.*) \()?(.*):(\d+):\d+\)?$/gm)].map(([, name, text, line]) => ({
    text,
    function: name,
    line: Number(line),
  }));
}

export function heapBytes(): { readonly used: number; readonly size: number } {
  return { used: 0, size: Number.POSITIVE_INFINITY };
}
