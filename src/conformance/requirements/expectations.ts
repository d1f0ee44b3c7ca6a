/** What can be required, how much, and in which modes. */
import type { Mode } from "../../exec-check/exec-check.ts";

export const MODES = [1, 2, 3, 4] as const satisfies readonly Mode[];

export type Expectation = "run" | "refuse";

/** MUST: the kernel's document or test. SHOULD: hardening, as we read them. CHOICE: open; reported, never failed. */
export const LEVELS = ["MUST", "SHOULD", "CHOICE"] as const;
export type Level = (typeof LEVELS)[number];
