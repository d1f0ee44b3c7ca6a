import type { Origin } from "../exec-check/exec-check.ts";
import { environmentVariable } from "../program/environment.ts";

/** INC_INIT: code that is run before anything else. Unset or empty means none. */
export function initOrigin(): Extract<Origin, { from: "snippet" }> | undefined {
  const text = environmentVariable("INC_INIT");
  return text?.length ? { from: "snippet", name: "INC_INIT", text } : undefined;
}

/** INC_STARTUP: a file that is run before the prompt. Unset or empty means none. */
export function startupOrigin(): { readonly from: "path"; readonly path: Buffer } | undefined {
  const path = environmentVariable("INC_STARTUP");
  return path?.length ? { from: "path", path } : undefined;
}
