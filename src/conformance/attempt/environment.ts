import type { Entry } from "../adapter/adapter.ts";
import { fill, type Values } from "../adapter/template.ts";

/** A small environment with nothing of the user's own: no startup file of theirs may speak here. */
export function environment(home: string, env: Entry["env"], values: Values): Record<string, string> {
  const { PATH } = process.env;
  return {
    PATH: PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...fillAll(env, values),
  };
}

/** What an adapter adds to the environment. */
export function fillAll(env: Entry["env"], values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(env ?? {}).map(([name, text]) => [name, fill(text, values)]));
}
