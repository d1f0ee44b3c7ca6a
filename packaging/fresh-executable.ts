import { execFile } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "..");

/** What the executable is made from, besides the installed packages. The build refuses to take anything else in. */
export const INPUTS: readonly string[] = [
  "src/**/*.ts",
  "adapters/*.json",
  "samples/values.inc",

  "packaging/**/*.ts",
  "packaging/node/package.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * Builds the executable unless it is newer than everything it is made from.
 *
 * @param variant Where in the build folder another build of it lives, with the options that make it. Default: the one
 *   that is shipped.
 * @returns The folder that holds it.
 * @throws {Error} With what the build said.
 */
export async function freshExecutable(variant?: {
  readonly name: string;
  readonly options: readonly string[];
}): Promise<string> {
  const folder = join(ROOT, "build", variant?.name ?? "");
  const built = statSync(join(folder, "inc"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const options = variant?.options ?? [];
  // An option's value may be a file, by its whole path.
  const inputs = [...globSync(INPUTS, { cwd: ROOT }), ...options.filter((option) => option.startsWith("/"))];
  const isFresh = inputs.every((file) => statSync(resolve(ROOT, file)).mtimeMs < built);
  if (!isFresh) await buildExecutable(["--prefix", folder, ...options]);
  return folder;
}

/** Builds an executable with these options. As {@link freshExecutable}. */
export async function buildExecutable(options: readonly string[]): Promise<void> {
  const build = [join(ROOT, "packaging/build-exe.ts"), ...options];
  await promisify(execFile)(process.execPath, build).catch(({ stderr }) => {
    throw new Error(`the executable could not be built:\n${stderr}`);
  });
}
