/** libc, called through koffi. The only file that touches koffi. */
import { createRequire } from "node:module";
import type * as Koffi from "koffi";
import { addonPath } from "./addon.ts";
import { KernelError } from "./kernel-error.ts";

/** Set by the executable's build to the addon's fixed absolute path; not defined anywhere else. */
declare const KOFFI_ADDON: string;

/** What a call takes: a number, an address, or memory to read from or write to. */
type Argument = number | bigint | string | ArrayBufferView | null;

/** What is needed of libc, and of what calls it. */
export interface Libc {
  /** A function by its prototype in C. */
  readonly func: (prototype: string) => (...args: readonly Argument[]) => unknown;
  /** libc's `errno`: means something only right after a call that failed. */
  readonly errno: () => number;
  /** The address of memory, which stays there as long as it is referred to. */
  readonly address: (memory: ArrayBufferView) => bigint;
  /** What libc's variable `environ` holds: read anew at each call, because setenv may move it. */
  readonly environ: () => Argument;
}

let loaded: Libc | undefined;

/**
 * libc, which is loaded by the first call of all: importing this cannot fail.
 *
 * @throws {KernelError} Where it cannot be loaded: this is not Linux, or koffi is missing.
 */
export function libc(): Libc {
  loaded ??= loadLibc();
  return loaded;
}

/**
 * A function of libc, which is looked up at its first call.
 *
 * @param prototype In C, as koffi reads it.
 * @returns A function that throws a {@link KernelError} where libc cannot be loaded; what it gives is C's own result.
 */
export function declared<Result = number>(prototype: string): (...args: readonly Argument[]) => Result {
  return (...args) => libc().func(prototype)(...args) as Result;
}

/** @throws {KernelError} With errno, if this is the -1 of a call that failed. */
export function checked(call: string, status: number): number {
  if (status === -1) throw new KernelError(call, { errno: libc().errno() });
  return status;
}

/**
 * Does something, at once and to its end, with another libc: the executable's build runs a script while it makes the
 * startup snapshot, which can hold no addon.
 */
export function withLibc(other: Libc, act: () => void): void {
  const before = loaded;
  loaded = other;
  try {
    act();
  } finally {
    loaded = before;
  }
}

function loadLibc(): Libc {
  if (process.platform !== "linux") {
    throw new KernelError("libc", { reason: `this is ${process.platform}: the check exists on Linux alone` });
  }
  try {
    const koffi = loadKoffi();
    const lib = koffi.load(null);
    const environ = lib.symbol("environ");
    const functions = new Map<string, (...args: readonly Argument[]) => unknown>();
    return {
      func(prototype) {
        const known = functions.get(prototype);
        if (known !== undefined) return known;
        const found = lib.func(prototype);
        functions.set(prototype, found);
        return found;
      },
      errno: () => koffi.errno(),
      address: (memory) => koffi.address(memory),
      environ: () => koffi.decode(environ, "void *"),
    };
  } catch (error) {
    throw new KernelError("libc", { reason: `the addon koffi could not be loaded: ${firstLine(error)}` });
  }
}

function loadKoffi(): typeof Koffi {
  if (typeof KOFFI_ADDON === "string") return open(KOFFI_ADDON);
  const require = createRequire(import.meta.url);
  try {
    // koffi's own dependency, as koffi would find it; the wrapper, besides its time, makes Node open process.stderr,
    // and a pipe there is then non-blocking for all who share it.
    return open(addonPath());
  } catch {
    return require("koffi") as typeof Koffi;
  }
}

/** The addon's exports are koffi's whole interface: its JavaScript only looks for the addon, in 10 ms. */
function open(path: string): typeof Koffi {
  const addon = { exports: {} as typeof Koffi };
  process.dlopen(addon, path);
  return addon.exports;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] as string;
}
