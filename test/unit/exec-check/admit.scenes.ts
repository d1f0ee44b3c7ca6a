/**
 * What the tests of admissions have done in a process of its own (test/support/scene.ts). Paths, arguments and contents
 * are in Latin-1 here: one character a byte.
 */
import { lstatSync, type PathLike, readdirSync, readFileSync, renameSync } from "node:fs";
import {
  AdmissionError,
  type AdmitOptions,
  type AdmittedCode,
  admit,
  admitSession,
  type ExecBit,
  examine,
  type Failure,
  type Kernel,
  linuxKernel,
  type Mode,
  type Origin,
  securebitsOfMode,
} from "../../../src/exec-check/exec-check.ts";
import { setSecurebits } from "../../../src/linux/process-calls.ts";
import { forbidExecutionByLandlock, makeNonBlocking } from "../../support/libc.ts";

/** An {@link Origin} that JSON can hold. */
export type Place =
  | { readonly from: "path"; readonly path: string; readonly args?: readonly string[] }
  | { readonly from: "stdin"; readonly args?: readonly string[] }
  | { readonly from: "snippet"; readonly name: string; readonly text: string };

/** Code or a failure, as JSON can hold them. */
export type Result =
  | { readonly source: string; readonly name: string; readonly text: string; readonly identity?: string }
  | { readonly failure: Failure; readonly message: string; readonly hint?: string };

const bytes = (text: string) => Buffer.from(text, "latin1");

function originOf(place: Place): Origin {
  if (place.from === "snippet") return { from: "snippet", name: place.name, text: bytes(place.text) };
  const args = (place.args ?? []).map(bytes);
  return place.from === "path" ? { from: "path", path: bytes(place.path), args } : { from: "stdin", args };
}

function setMode(mode: Mode): void {
  const bits = securebitsOfMode(mode);
  // A call that changes nothing needs a privilege.
  if (linuxKernel.getSecurebits() !== bits) setSecurebits(bits);
}

function resultOf(attempt: () => AdmittedCode): Result {
  try {
    const { source, name, bytes: code, identity } = attempt();
    const text = Buffer.from(code).toString("latin1");
    return { source, name, text, ...(identity === undefined ? {} : { identity }) };
  } catch (error) {
    if (!(error instanceof AdmissionError)) throw error;
    const { failure, message, hint } = error;
    return { failure, message, ...(hint === undefined ? {} : { hint }) };
  }
}

/** Sets the bits of a mode, then admits. */
export function admitInMode(mode: Mode, place: Place, options: Omit<AdmitOptions, "kernel"> = {}): Result {
  if (mode !== 1) setMode(mode);
  return resultOf(() => admit(originOf(place), options));
}

/** Admits in each mode, one after the other, in one process: whether it ran, and the bits that refused it. */
export function admitInModes(place: Place): (readonly ExecBit[] | "run")[] {
  return ([1, 2, 3, 4] as const).map((mode) => {
    setMode(mode);
    const result = resultOf(() => admit(originOf(place)));
    if (!("failure" in result)) return "run";
    if (result.failure.is !== "refused") throw new Error(result.message);
    return result.failure.because;
  });
}

/** What would be decided in each mode. */
export function examineInModes(place: Place) {
  return ([1, 2, 3, 4] as const).map((mode) => {
    setMode(mode);
    return examine(originOf(place));
  });
}

/** While the check is made, another file takes the place of the path. The kernel that is asked is the real one. */
export function admitSwapped(mode: Mode, path: string, other: PathLike): Result {
  setMode(mode);
  const kernel: Kernel = {
    getSecurebits: () => linuxKernel.getSecurebits(),
    execveatCheck(fd, argv) {
      renameSync(other, path);
      return linuxKernel.execveatCheck(fd, argv);
    },
  };
  return resultOf(() => admit({ from: "path", path }, { kernel }));
}

/** As {@link admitInMode}, in a Landlock domain in which nothing may be executed. */
export function admitUnderLandlock(place: Place): Result {
  forbidExecutionByLandlock();
  return admitInMode(2, place);
}

/** Admits with an argument that is longer than any may be: 32 pages (a page is 64 KiB at most). */
export function admitWithLongArgument(path: string): Result {
  return admitInMode(2, { from: "path", path, args: ["x".repeat(32 * 65536)] });
}

/** Admits standard input of which nothing can be read yet. */
export function admitNonBlocking(): Result {
  makeNonBlocking(0);
  return resultOf(() => admit({ from: "stdin" }));
}

/** The same file under several names; two admissions each. */
export function identities(paths: readonly string[]): (string | undefined)[] {
  return paths.map((path) => admit({ from: "path", path }).identity);
}

/** Which descriptors are open around an admission, and around its release. */
export function descriptorsAround(
  place: Place,
  hold: boolean,
  options: { maxBytes?: number; mode?: Mode } = {},
) {
  setMode(options.mode ?? 1);
  linuxKernel.execveatCheck(0, [Buffer.from("the first call loads the addon")]);
  const before = descriptors();
  let code: AdmittedCode | undefined;
  const { maxBytes } = options;
  const result = resultOf(() => {
    code = admit(originOf(place), { hold, ...(maxBytes === undefined ? {} : { maxBytes }) });
    return code;
  });
  const admitted = descriptors().filter((fd) => !before.includes(fd));
  const closesOnExec = admitted.map((fd) =>
    /^flags:\s*0?2\d{6}$/m.test(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8")),
  );
  code?.release();
  code?.release();
  const released = descriptors();
  return {
    admitted: "failure" in result ? result.failure.is : "yes",
    held: closesOnExec,
    same: released.join() === before.join(),
  };
}

function descriptors(): string[] {
  // The descriptor that lists them is closed again, and leads nowhere.
  return readdirSync("/proc/self/fd").filter((fd) =>
    lstatSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false }),
  );
}

/** Admits a session, and says how far standard input was read by that. */
export function session(mode: Mode, typed: string): Result & { position?: string } {
  setMode(mode);
  const result = resultOf(() => admitSession({ from: "stdin" }).code(typed));
  const position = /^pos:\s*(\d+)$/m.exec(readFileSync("/proc/self/fdinfo/0", "utf8"))?.[1];
  return { ...result, ...(position === undefined ? {} : { position }) };
}

/** Asks anew at each admission, or does not ask where the caller knows. */
export function bitsAskedAnew(path: string): string[] {
  const answer = (options: AdmitOptions) => {
    const result = resultOf(() => admit({ from: "path", path }, options));
    return "failure" in result ? result.failure.is : "run";
  };
  const before = answer({});
  setMode(2);
  return [before, answer({}), answer({ securebits: 0 })];
}

/** Admits a file before and after variables are set, for which libc moves its environment. */
export function admitAsVariablesAreSet(path: string, names: readonly string[]): void {
  admit({ from: "path", path });
  for (const name of names) process.env[name] = "a value";
  admit({ from: "path", path });
}
