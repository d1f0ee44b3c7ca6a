import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { PROOF } from "./den.ts";

/** Makes the file that proves it, beside itself, as soon as it is loaded in any way. */
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

/** For LD_PRELOAD: writes the names that a program asks the environment for to the file %s, one a line. */
const LISTENER = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char *ask(const char *function, const char *name)
{
	int log = open("%s", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (log >= 0) {
		if (write(log, name, strlen(name)) < 0 || write(log, "\\n", 1) < 0)
			_exit(99);
		close(log);
	}
	return ((char *(*)(const char *))dlsym(RTLD_NEXT, function))(name);
}

char *getenv(const char *name)
{
	return ask("getenv", name);
}

char *secure_getenv(const char *name)
{
	return ask("secure_getenv", name);
}
`;

/** Compiles the attacker's library, in a folder of the running test. Undefined where there is no C compiler. */
export function compileLibrary(): Buffer | undefined {
  const library = compile(SOURCE);
  return library === undefined ? undefined : readFileSync(library);
}

/** A library that lists in a file which variables a program asks for. As {@link compileLibrary}. */
export function compileListener(log: string): string | undefined {
  return compile(LISTENER.replace("%s", log));
}

/** A program. As {@link compileLibrary}. */
export function compileProgram(main: string): string | undefined {
  return compile(`#include <unistd.h>\n${main}`, ["-w"]);
}

function compile(text: string, options = ["-shared", "-fPIC"]): string | undefined {
  const folder = temporaryFolder();
  const source = makeFile(join(folder, "library.c"), 0o644, text);
  const library = join(folder, "library.so");
  const { status, error, stderr } = spawnSync("cc", [...options, "-o", library, source]);
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`the library cannot be compiled: ${stderr}`);
  return library;
}
