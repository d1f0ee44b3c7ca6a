/**
 * The library's public face: `import { admit } from "enlightened-inc/exec-check"`.
 */
export { errnoName, errnoText } from "../linux/errno.ts";
export { KernelError } from "../linux/kernel-error.ts";
export { AdmissionError } from "./admission-error.ts";
export {
  type AdmitOptions,
  type AdmittedCode,
  type AdmittedSession,
  admit,
  admitSession,
  type Examination,
  examine,
} from "./admit.ts";
export { type Cause, causeOf } from "./cause.ts";
export type { Failure } from "./failure.ts";
export { type FileKind, fileKind, isTerminal } from "./file-kind.ts";
export type { Kernel } from "./kernel.ts";
export { linuxKernel } from "./linux-kernel.ts";
export type { Origin, Text } from "./origin.ts";
export { type CheckResult, type Decision, decide, type Source } from "./policy.ts";
export { printable } from "./printable.ts";
export { probeSupport, type Support } from "./probe.ts";
export {
  type ExecBit,
  type Mode,
  modeOf,
  securebitNames,
  securebitsFromNames,
  securebitsOfMode,
} from "./securebits.ts";
export { causeWording } from "./wording.ts";
