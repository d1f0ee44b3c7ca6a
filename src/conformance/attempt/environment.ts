import type { Entry } from "../adapter/adapter.ts";
import { fill, type Values } from "../adapter/template.ts";
import { searchPath } from "../sandbox/find-interpreter.ts";

/** The environment of everything that is run: small, so that no setting and no startup file of the user has a part in it. */
export function environment(
  home: string,
  added: readonly Entry["env"][],
  values: Values,
): Record<string, string> {
  return {
    PATH: searchPath(),
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...Object.assign({}, ...added.map((env) => fillAll(env, values))),
  };
}

/** What an adapter adds to the environment. */
export function fillAll(env: Entry["env"], values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(env ?? {}).map(([name, text]) => [name, fill(text, values)]));
}
