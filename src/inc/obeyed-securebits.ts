import { AdmissionError, KernelError, linuxKernel } from "../exec-check/exec-check.ts";

/** Defined by the build of an executable that obeys bits which nobody has set, and nowhere else. */
declare const ALWAYS_SECUREBITS: number;

/** The bits that this build obeys in any case. Documentation/userspace-api/check_exec.rst recommends to offer that. */
export const ALWAYS_OBEYED: number = typeof ALWAYS_SECUREBITS === "number" ? ALWAYS_SECUREBITS : 0;

/**
 * The bits that this process obeys: those in force, and those that its build adds. To be called once, at the start, on the
 * main thread: bits are per thread. Nothing that a user controls takes one away.
 *
 * @throws {AdmissionError} Where they cannot be known: nothing may run then.
 */
export function obeyedSecurebits(): number {
  try {
    return linuxKernel.getSecurebits() | ALWAYS_OBEYED;
  } catch (error) {
    throw error instanceof KernelError ? new AdmissionError({ is: "unknown", error }) : error;
  }
}
