/** Built into an executable in place of the programs: tries each way in JavaScript from text to code. */
import { writeSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { startupSnapshot } from "node:v8";
import vm from "node:vm";
import { shutHost } from "../../../packaging/shut-host.ts";
import { exit } from "../../../src/linux/process-calls.ts";

type Way = () => unknown;
const processWays = process as unknown as Record<string, (name: string) => Record<string, unknown>>;
const loader = Module as unknown as Record<string, (name: string) => unknown>;
const vmWays = vm as unknown as Record<string, (...args: unknown[]) => unknown>;
const script = (text: string) => new vm.Script(text) as unknown as Record<string, () => unknown>;

/** Each gives 7 if it works. */
const WAYS: Readonly<Record<string, Way>> = {
  // biome-ignore lint/security/noGlobalEval: whether it works is the question.
  "eval, directly": () => eval("7"),
  "eval, indirectly": () => (globalThis as unknown as Record<string, (text: string) => unknown>).eval?.("7"),
  Function: () => new Function("return 7")(),
  "Function, by a constructor": () => (() => {}).constructor("return 7")(),
  GeneratorFunction: () =>
    Object.getPrototypeOf(function* () {})
      .constructor("yield 7")()
      .next().value,
  AsyncFunction: () => Object.getPrototypeOf(async () => {}).constructor("return 7")() && 7,
  "eval in a script": () => script("eval('7')").runInThisContext?.(),
  "Function in a script": () => script("Function('return 7')()").runInThisContext?.(),
  "setTimeout with text": () => setTimeout("7" as unknown as () => void, 1) && 7,
  "a new context": () => vmWays.runInNewContext?.("eval('7')"),
  "a context made": () => vmWays.createContext?.({}) && 7,
  "a script in a new context": () => script("eval('7')").runInNewContext?.(),
  "vm.compileFunction": () => (vmWays.compileFunction?.("return 7") as Way | undefined)?.(),
  "vm.SourceTextModule": () => vmWays.SourceTextModule && 7,
  "a worker, by process.getBuiltinModule": () => processWays.getBuiltinModule?.("worker_threads").Worker && 7,
  "a module, by process.binding": () => processWays.binding?.("contextify") && 7,
  "a worker, by createRequire": () => createRequire("/")("node:worker_threads").Worker && 7,
  "a worker, by the loader": () => loader._load?.("node:worker_threads") && 7,
  "a worker, by a module's require": () => new Module("m").require("node:worker_threads").Worker && 7,
  "a module compiled": () =>
    (new Module("m") as unknown as { _compile(text: string, name: string): unknown })._compile("", "m") ===
      undefined && 7,
  "a module, by the main module": () => process.mainModule?.require("node:worker_threads") && 7,
  "a module, by the global require": () => (globalThis as unknown as Record<string, Way>).require && 7,
  ShadowRealm: () => (globalThis as unknown as Record<string, unknown>).ShadowRealm && 7,
  // This one works, because the language needs it; and it shows that the ways are really tried.
  "vm.Script": () => script("7").runInThisContext?.(),
};

function tryAll(): void {
  const working = Object.entries(WAYS).filter(([, way]) => {
    try {
      return way() === 7;
    } catch {
      return false;
    }
  });
  writeSync(1, JSON.stringify(working.map(([name]) => name)));
}

if (startupSnapshot.isBuildingSnapshot()) {
  shutHost();
  startupSnapshot.setDeserializeMainFunction(() => {
    tryAll();
    exit(0);
  });
} else tryAll();
