import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFile, temporaryFolder } from "../support/files.ts";
import { PROOF } from "./den.ts";

/** Makes the proof beside itself as soon as it is loaded, whatever it is loaded as. */
const SOURCE = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

__attribute__((constructor)) static void prove(void)
{
	Dl_info self;
	char path[4096];

	if (!dladdr((void *)prove, &self) || strlen(self.dli_fname) > 4000)
		return;
	strcpy(path, self.dli_fname);
	strcpy(strrchr(path, '/') + 1, "${PROOF}");
	open(path, O_WRONLY | O_CREAT, 0600);
}
`;

/** Compiles the attacker's library. Undefined where there is no C compiler. Needs a test to belong to. */
export function compileLibrary(): Buffer | undefined {
  const folder = temporaryFolder();
  const source = makeFile(join(folder, "library.c"), 0o644, SOURCE);
  const library = join(folder, "library.so");
  const { status, error, stderr } = spawnSync("cc", ["-shared", "-fPIC", "-o", library, source]);
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`the library cannot be compiled: ${stderr}`);
  return readFileSync(library);
}
