import Module from "node:module";
import vm from "node:vm";

/**
 * Takes away what could make JavaScript of text and is not wanted: Node's option shuts `eval` and `Function` in this
 * world, but not in another one, so that no other is to be made. Part of the snapshot: nothing is done at start.
 */
export function shutHost(): void {
  for (const name of Object.keys(vm)) if (name !== "Script") delete (vm as Record<string, unknown>)[name];
  for (const name of ["runInContext", "runInNewContext"]) Reflect.deleteProperty(vm.Script.prototype, name);
  // The ways to a built-in module, and so to a worker, that do not stand in the bundle's own imports. Node itself looks
  // at some of them while it starts, so they stay functions.
  for (const name of ["getBuiltinModule", "binding", "_linkedBinding"]) {
    Object.defineProperty(process, name, { value: shut, writable: true, configurable: true });
  }
  Object.assign(Module, { createRequire: () => requireLate, _load: shut });
  Object.assign(Module.prototype, { require: shut, _compile: shut });
}

/** What src/exec-check asks for by createRequire, when it needs it. */
function requireLate(name: string): unknown {
  return ["node:tty", "node:util"].includes(name) ? require(name) : shut();
}

function shut(): never {
  throw new Error("this is not a part of the program");
}
