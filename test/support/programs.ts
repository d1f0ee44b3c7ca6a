import { join } from "node:path";
import { inject } from "vitest";

/** The built executables, at a place that every user of the tests can reach. */
export const INC: string = join(inject("programs"), "inc");
export const EXEC_CHECK: string = join(inject("programs"), "exec-check");
export const SET_EXEC: string = join(inject("programs"), "set-exec");
/** The interpreter on a host that is not hardened. */
export const UNHARDENED_INC: string = join(inject("unhardened"), "inc");
export const EXEC_CONFORMANCE: string = join(inject("programs"), "exec-conformance");
