import { startupSnapshot } from "node:v8";

/** What Node's binding `inspector` offers, in so far as it is used here. */
interface Inspector {
  readonly Connection: new (
    receive: (message: string) => void,
  ) => { dispatch(message: string): void; disconnect(): void };
}

/** A property of an object, in the inspector's protocol. */
interface Property {
  readonly name: string;
  readonly value: { readonly objectId: string };
}

interface Answer {
  readonly result: {
    readonly result: Property["value"] & readonly Property[];
    readonly internalProperties: readonly Property[];
  };
}

const SHARED = Symbol.for("inc.build");
const IT = `globalThis[Symbol.for("inc.build")]`;

/**
 * Requires a module of Node's that programs have no access to; for the executable's build alone. The inspector's protocol
 * shows which variables a function closes over, and `startupSnapshot`'s functions close over Node's own `require`.
 *
 * @throws {Error} When they do so no longer.
 */
export function requireInternal(id: string): unknown {
  const shared = globalThis as { [SHARED]?: unknown };
  const { ask, disconnect } = connect();
  try {
    shared[SHARED] = startupSnapshot.setDeserializeMainFunction;
    const { objectId } = ask("Runtime.evaluate", { expression: IT }).result;
    const scopes = named("[[Scopes]]", ask("Runtime.getProperties", { objectId }).internalProperties);
    const module = named("0", ask("Runtime.getProperties", scopes).result);
    const require = named("require", ask("Runtime.getProperties", module).result);
    ask("Runtime.callFunctionOn", { ...require, functionDeclaration: `function () { ${IT} = this; }` });
    return (shared[SHARED] as (id: string) => unknown)(id);
  } finally {
    disconnect();
    delete shared[SHARED];
  }
}

function connect() {
  let answer: Answer | undefined;
  const { Connection } = (process as unknown as { binding(name: string): Inspector }).binding("inspector");
  const connection = new Connection((message) => {
    if ("id" in JSON.parse(message)) answer = JSON.parse(message);
  });
  return {
    ask(method: string, params: object): Answer["result"] {
      connection.dispatch(JSON.stringify({ id: 1, method, params: { ...params, ownProperties: true } }));
      if (answer === undefined) throw new Error(`Node's inspector does not answer ${method}`);
      return answer.result;
    },
    disconnect: () => connection.disconnect(),
  };
}

function named(name: string, properties: readonly Property[]): Property["value"] {
  const found = properties.find((property) => property.name === name);
  if (found === undefined) throw new Error(`Node keeps its own require elsewhere: no ${name}`);
  return { objectId: found.value.objectId };
}
