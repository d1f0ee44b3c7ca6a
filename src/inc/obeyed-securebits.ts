import { AdmissionError, KernelError, linuxKernel } from "../exec-check/exec-check.ts";

/** Set by the executable's build, where it was asked to obey bits that nobody has set; not defined anywhere else. */
declare const ALWAYS_SECUREBITS: number;

/** The bits that this build obeys in any case. Documentation/userspace-api/check_exec.rst recommends to offer that. */
export const ALWAYS_OBEYED: number = typeof ALWAYS_SECUREBITS === "number" ? ALWAYS_SECUREBITS : 0;

/**
 * The bits that this process obeys: those in force, and those that its build adds. Asked once, at the start, on the main
 * thread; nothing that a user controls takes one away.
 *
 * @throws {AdmissionError} When they cannot be known: nothing may then run.
 */
export function obeyedSecurebits(): number {
  try {
    return linuxKernel.getSecurebits() | ALWAYS_OBEYED;
  } catch (error) {
    throw error instanceof KernelError ? new AdmissionError({ is: "unknown", error }) : error;
  }
}
