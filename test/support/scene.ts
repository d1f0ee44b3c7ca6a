import { join } from "node:path";
import { inject } from "vitest";
import { type Outcome, type RunOptions, run } from "./run.ts";
import { root, type User, unprivileged } from "./users.ts";

const CHILD = join(import.meta.dirname, "child.ts");

// biome-ignore lint/suspicious/noExplicitAny: any function's parameters, which `any` alone stands for.
type Scenes = Record<string, (...args: any[]) => unknown>;

export interface SceneOptions extends Omit<RunOptions, "user"> {
  readonly user?: User;
  /** Puts something before the command: a namespace, a pipe. */
  readonly wrap?: (argv: string[]) => string[];
}

/**
 * The functions of a module, each call of which is a process of its own (see child.ts). Arguments and results are JSON.
 *
 * The process is started as whoever runs the tests, loads Node and the addon, and only then becomes its user: neither
 * need be reachable for that user.
 */
export function scenes<M extends Scenes>(module: string) {
  /** The command that plays a scene. */
  function command<K extends keyof M & string>(name: K, args: Parameters<M[K]>, user: User = root): string[] {
    const isNobody = user === unprivileged && root.missing === undefined;
    return [process.execPath, CHILD, module, name, JSON.stringify(args), isNobody ? "nobody" : "self"];
  }

  /** Plays a scene and gives its result. */
  async function play<K extends keyof M & string>(
    name: K,
    args: Parameters<M[K]>,
    { user, wrap, ...options }: SceneOptions = {},
  ): Promise<Awaited<ReturnType<M[K]>>> {
    const argv = command(name, args, user);
    const env = { NODE_COMPILE_CACHE: inject("compileCache"), ...options.env };
    return resultOf<Awaited<ReturnType<M[K]>>>(await run(wrap?.(argv) ?? argv, { ...options, env }));
  }

  return { command, play };
}

/** What a scene printed. */
export function resultOf<T>(outcome: Pick<Outcome, "status" | "stdout" | "stderr">): T {
  if (outcome.status !== 0) throw new Error(`the scene ended with ${outcome.status}:\n${outcome.stderr}`);
  return JSON.parse(outcome.stdout) as T;
}
