import type { SourceText } from "../diagnostics/source.ts";
import { ScriptError } from "../values/script-error.ts";
import { IncModule, type Slots } from "../values/value.ts";
import type { Placement } from "./loaded-unit.ts";
import type { Machine } from "./machine.ts";
import { compileText } from "./run-text.ts";
import { available, type World } from "./world.ts";

/** The modules of a process. Each runs once, and is loaded for each import. */
export interface Modules {
  /** Imports a module: runs it, if it has not run yet. */
  use(path: string, name: string, from: SourceText, depth: number): IncModule;
  /** Notes that the file of this identity runs as the program: to import it is a cycle. */
  isProgram(identity: string, source: SourceText): void;
  /** Forgets the modules that did not reach their end, so that a prompt can import them again. */
  forgetUnfinished(): void;
}

interface State {
  readonly source: SourceText;
  /** Undefined while it runs. */
  module: IncModule | undefined;
}

export function createModules(world: World, machine: Machine): Modules {
  const states = new Map<string, State>();

  function run(identity: string, source: SourceText, name: string, depth: number): IncModule {
    const state: State = { source, module: undefined };
    states.set(identity, state);
    const slots: Slots = [];
    const placement: Placement = { slots, depth, title: `module ${name}`, how: "imported" };
    const unit = compileText(source, "module", machine, placement);
    machine.execute(unit, placement);
    const slotOf = new Map([...unit.scope.names].map(([key, { storage }]) => [key, storage.number]));
    state.module = new IncModule(name, slots, slotOf);
    return state.module;
  }

  /** The names of the sources in a cycle, from the one that is imported again to the one that imports it. */
  function cycle(identity: string): string {
    const running = [...states].filter(([, { module }]) => module === undefined);
    const names = running
      .slice(running.findIndex(([key]) => key === identity))
      .map(([, { source }]) => source.name);
    return [...names, names[0]].join(" → ");
  }

  return {
    use(path, name, from, depth) {
      // Loaded, and so admitted, even if it has run already.
      const loaded = available(() => world.loadModule(path, from));
      const state = states.get(loaded.identity);
      loaded.settle(state === undefined);
      if (state === undefined) return run(loaded.identity, loaded.source, name, depth);
      if (state.module === undefined)
        throw new ScriptError(`the import makes a cycle: ${cycle(loaded.identity)}`);
      return state.module;
    },
    isProgram(identity, source) {
      states.set(identity, { source, module: undefined });
    },
    forgetUnfinished() {
      for (const [identity, { module }] of states) if (module === undefined) states.delete(identity);
    },
  };
}
