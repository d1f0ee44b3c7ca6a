/**
 * The securebits as words: bits to the kernel's names and back, and the four modes that the two exec bits make.
 * Authority: include/uapi/linux/securebits.h and Documentation/userspace-api/check_exec.rst.
 */
import * as uapi from "../linux/uapi.ts";

/** The two bits that an interpreter obeys. Their lock bits are for whoever sets them, not for whoever obeys. */
export type ExecBit = "SECBIT_EXEC_RESTRICT_FILE" | "SECBIT_EXEC_DENY_INTERACTIVE";

/** 1 neither bit, 2 RESTRICT_FILE, 3 DENY_INTERACTIVE, 4 both. */
export type Mode = 1 | 2 | 3 | 4;

const NAMES = Object.entries(uapi).filter((entry): entry is [string, number] =>
  entry[0].startsWith("SECBIT_"),
);

/**
 * The names of all bits set, lowest first, in the kernel's spelling; a bit without a name is shown as `1 << n`.
 *
 * @param bits What PR_GET_SECUREBITS gave.
 */
export function securebitNames(bits: number): string[] {
  return Array.from({ length: 32 }, (_, shift) => shift)
    .filter((shift) => ((bits >>> shift) & 1) === 1)
    .map((shift) => NAMES.find(([, bit]) => bit === 1 << shift)?.[0] ?? `1 << ${shift}`);
}

/**
 * The bits that the names stand for.
 *
 * @throws {RangeError} For a name that the kernel does not have.
 */
export function securebitsFromNames(names: readonly string[]): number {
  return names.reduce((bits, name) => {
    const named = NAMES.find(([known]) => known === name);
    if (named === undefined) throw new RangeError(`no securebit is called ${name}`);
    return bits | named[1];
  }, 0);
}

/** The mode that these bits put an interpreter in. Other bits and the lock bits do not matter. */
export function modeOf(bits: number): Mode {
  const restrict = (bits & uapi.SECBIT_EXEC_RESTRICT_FILE) !== 0;
  const deny = (bits & uapi.SECBIT_EXEC_DENY_INTERACTIVE) !== 0;
  return restrict ? (deny ? 4 : 2) : deny ? 3 : 1;
}

/** The bits, without locks, that make a mode. */
export function securebitsOfMode(mode: Mode): number {
  const deny = mode >= 3 ? uapi.SECBIT_EXEC_DENY_INTERACTIVE : 0;
  return mode === 2 || mode === 4 ? deny | uapi.SECBIT_EXEC_RESTRICT_FILE : deny;
}
