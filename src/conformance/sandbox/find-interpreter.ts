import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { quietly } from "./quietly.ts";

/** Finds a program as a shell would: in PATH, unless its name has a slash; undefined if it is not there. */
export function findInterpreter(name: string): string | undefined {
  const { PATH } = process.env;
  const candidates =
    isAbsolute(name) || name.includes("/")
      ? [resolve(name)]
      : (PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return candidates.find((path) => quietly(() => isExecutableFile(path)));
}

function isExecutableFile(path: string): boolean {
  accessSync(path, constants.X_OK);
  return statSync(path).isFile();
}
