import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, resolve } from "node:path";
import { quietly } from "./quietly.ts";

/** Where programs are looked for in an environment that does not say where. */
const DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

/**
 * The PATH that programs are looked up in, and that they get. An empty element would mean the working directory, and so
 * would an empty PATH: neither is meant here.
 */
export function searchPath(): string {
  const { PATH } = process.env;
  const folders = (PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.length === 0 ? DEFAULT_PATH : folders.join(delimiter);
}

/** Finds a program as a shell would: in PATH, unless its name has a slash; undefined if it is not there. */
export function findInterpreter(name: string): string | undefined {
  const candidates =
    isAbsolute(name) || name.includes("/")
      ? [resolve(name)]
      : searchPath()
          .split(delimiter)
          .map((folder) => resolve(folder, name));
  return candidates.find((path) => quietly(() => isExecutableFile(path)));
}

function isExecutableFile(path: string): boolean {
  accessSync(path, constants.X_OK);
  return statSync(path).isFile();
}
