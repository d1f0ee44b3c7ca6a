/** The file for whose sake an interpreter may have given up: pure. */
import * as uapi from "../../linux/uapi.ts";
import { type Call, descriptorIn, numberIn, stringIn } from "./strace-log.ts";

export interface FailedCheck {
  readonly path: string;
  /** `EACCES`, as the trace shows it. */
  readonly errno: string;
}

/**
 * Finds the last check that failed of a file of others.
 *
 * @param isOthers Whether a path is neither the code's nor anything else that was made for the run.
 */
export function lastFailedCheck(
  calls: readonly Call[],
  isOthers: (path: string) => boolean,
): FailedCheck | undefined {
  const failed = calls.flatMap(({ name, args, result }): FailedCheck[] => {
    if (name !== "execveat" || ((numberIn(args[4]) ?? 0) & uapi.AT_EXECVE_CHECK) === 0) return [];
    const errno = /^-1 (E\w+)/.exec(result)?.[1];
    const named = stringIn(args[1]) ?? "";
    const path = named === "" ? descriptorIn(args[0])?.target : named;
    return errno === undefined || path === undefined || !isOthers(path) ? [] : [{ path, errno }];
  });
  return failed.at(-1);
}
