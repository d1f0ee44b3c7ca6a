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
  /** Looks up a function by its prototype in C. */
  readonly func: (prototype: string) => (...args: readonly Argument[]) => unknown;
  /** libc's `errno`: means something only right after a call that failed. */
  readonly errno: () => number;
  /** The address of memory, which stays there as long as it is referred to. */
  readonly address: (memory: ArrayBufferView) => number;
  /** What libc's variable `environ` holds, an address: read anew at each call, because setenv may move it. */
  readonly environ: () => number;
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
  const found = perLibc(() => libc().func(prototype));
  return (...args) => found()(...args) as Result;
}

/** Something that is made at its first use, and made anew where libc is another: it holds addresses. */
export function perLibc<T>(make: () => T): () => T {
  let made: { readonly by: Libc; readonly it: T } | undefined;
  return () => {
    const by = libc();
    if (made?.by !== by) made = { by, it: make() };
    return made.it;
  };
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
    return {
      func: (prototype) => lib.func(prototype),
      errno: () => koffi.errno(),
      address: (memory) => Number(koffi.address(memory)),
      environ: pointerReader(koffi, lib.symbol("environ")),
    };
  } catch (error) {
    throw new KernelError("libc", { reason: `the addon koffi could not be loaded: ${firstLine(error)}` });
  }
}

function loadKoffi(): typeof Koffi {
  if (typeof KOFFI_ADDON === "string") return open(KOFFI_ADDON);
  try {
    return open(addonPath());
  } catch (error) {
    try {
      // Where packages lie in another way, koffi's own JavaScript may find it. It makes Node open process.stderr, and a
      // pipe there is then non-blocking for all who share it.
      return createRequire(import.meta.url)("koffi") as typeof Koffi;
    } catch {
      throw error;
    }
  }
}

/** Reads the pointer at an address, where it is: to ask koffi for it each time takes as long as a system call. */
function pointerReader(koffi: typeof Koffi, address: unknown): () => number {
  try {
    const pointer = new BigUint64Array(koffi.view(address, BigUint64Array.BYTES_PER_ELEMENT));
    return () => Number(pointer[0]);
  } catch {
    // Some runtimes, such as Electron, show no memory that is not their own.
    return () => Number(koffi.decode(address, "void *"));
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
