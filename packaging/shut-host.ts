import Module from "node:module";
import vm from "node:vm";

/**
 * Removes each way from text to JavaScript that the program does not need. Node's option shuts `eval` and `Function` in
 * this context, but not in others, so no other context may be made. This is done once, before the snapshot is made.
 */
export function shutHost(): void {
  for (const name of Object.keys(vm)) if (name !== "Script") delete (vm as Record<string, unknown>)[name];
  for (const name of ["runInContext", "runInNewContext"]) Reflect.deleteProperty(vm.Script.prototype, name);
  // The ways to a module of Node's, and so to a worker, besides the bundle's own imports. Node looks at some of them while
  // it starts, so they stay functions.
  for (const name of ["getBuiltinModule", "binding", "_linkedBinding"]) {
    Object.defineProperty(process, name, { value: shut, writable: true, configurable: true });
  }
  Object.assign(Module, { createRequire: () => requireLate, _load: shut });
  Object.assign(Module.prototype, { require: shut, _compile: shut });
}

/** What the sources require where they need it, by `createRequire`. */
function requireLate(name: string): unknown {
  return ["node:tty", "node:util"].includes(name) ? require(name) : shut();
}

function shut(): never {
  throw new Error("this is not a part of the program");
}
