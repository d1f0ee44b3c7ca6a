/** Can an interpreter be enlightened by reading docs/requirements.md? */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { PAGE } from "../../../scripts/requirements-page.ts";
import { skipWithReason } from "../../support/skip.ts";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, scratch } from "./kit.ts";

const page = readFileSync(PAGE, "utf8");

/** An interpreter of the subject's language that takes a file alone, in the page's own words. */
const interpreterByThePage = (code: string): string => `
${blockWith("#define _GNU_SOURCE")}
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void refuse(void) {
  fputs("refused\\n", stderr);
  exit(1);
}

static void run(const char *path, char **argv, char **envp);
static void extend(const char *path, char **argv, char **envp);

static void interpret(int fd, char **envp) {
  char line[4096];
  FILE *file = fdopen(fd, "r");
  while (fgets(line, sizeof line, file)) {
    long a, b;
    if (sscanf(line, "add %ld %ld", &a, &b) == 2)
      printf("%ld\\n", a + b);
    line[strcspn(line, "\\n")] = 0;
    if (strncmp(line, "load ", 5) == 0)
      run(line + 5, (char *[]){line + 5, NULL}, envp);
    if (strncmp(line, "extend ", 7) == 0)
      extend(line + 7, (char *[]){line + 7, NULL}, envp);
  }
}

#define interpret(fd) interpret(fd, envp)
static void run(const char *path, char **argv, char **envp) {
  struct stat st;
${code}
}
#undef interpret

static void load(int fd) {
${blockWith("dlopen(")}
  if (library == NULL)
    refuse();
}

static void extend(const char *path, char **argv, char **envp) {
#ifdef UNCHECKED_EXTENSIONS
  load(open(path, O_RDONLY | O_CLOEXEC));
#else
#define interpret(fd) load(fd)
  struct stat st;
${code}
#endif
}

int main(int argc, char **argv, char **envp) {
  const char *startup = getenv("SUBJECT_STARTUP");
  if (startup)
    run(startup, (char *[]){(char *)startup, NULL}, envp);
  if (argc > 1)
    run(argv[1], argv + 1, envp);
  return 0;
}
`;

/** The one block of C that holds this. */
function blockWith(text: string): string {
  const blocks = [...page.matchAll(/```c\n(.*?)```/gs)].map(([, code]) => code as string);
  const [block, ...more] = blocks.filter((code) => code.includes(text));
  if (block === undefined || more.length > 0) throw new Error(`not one block of C holds ${text}`);
  return block;
}

/** Compiles the interpreter. */
function byThePage(context: TestContext, macro = "AS_THE_PAGE_SAYS"): string {
  const [source, program] = [join(scratch, "by-the-page.c"), join(scratch, macro)];
  writeFileSync(source, interpreterByThePage(blockWith("interpret(fd)")));
  const { error, status, stderr } = spawnSync(
    "gcc",
    ["-Wall", "-Werror", `-D${macro}`, "-o", program, source],
    {
      encoding: "utf8",
    },
  );
  if (error !== undefined) skipWithReason(context, `there is no gcc: ${error.message}`);
  expect(status, stderr).toBe(0);
  return program;
}

test.for([
  ["AS_THE_PAGE_SAYS", []],
  ["UNCHECKED_EXTENSIONS", ["native.not-executable.mode-2", "native.not-executable.mode-4"]],
] as const)("its code compiles; a native extension, %s", async ([macro, broken], context) => {
  const program = byThePage(context, macro);
  const { channels: _, ...rest } = JSON.parse(readFileSync(SUBJECT_ADAPTER, "utf8"));
  const native = {
    name: "extend",
    command: ["{interpreter}", "{main}"],
    file: "extension.so",
    main: "extend {file}\n",
    program:
      'int printf(const char *, ...);\n__attribute__((constructor)) static void ran(void) { printf("%d\\n", {a} + {b}); }\n',
    prepare: ["gcc", "-shared", "-fPIC", "-x", "c", "-o", "{file}", "{source}"],
  };
  const adapter = join(scratch, "native.json");
  writeFileSync(adapter, JSON.stringify({ ...rest, channels: { native: [native] } }));
  const report = await judged(["--adapter", `${adapter}=${program}`, "--only", "native", "--no-trace"]);
  expect(idsWith(report, "broken")).toEqual(broken);
  expect(idsWith(report, "holds")).toEqual([
    "native.executable.mode-1",
    ...["native.not-executable.mode-2", "native.not-executable.mode-4"].filter(
      (id) => !broken.some((each) => each === id),
    ),
  ]);
});

test("an interpreter that is made of its code conforms", async (context) => {
  needsEverything(context);
  const program = byThePage(context);
  const { channels, ...rest } = JSON.parse(readFileSync(SUBJECT_ADAPTER, "utf8"));
  const { script, startup, module, shebang } = channels;
  const adapter = join(scratch, "by-the-page.json");
  writeFileSync(adapter, JSON.stringify({ ...rest, channels: { script, startup, module, shebang } }));
  const report = await judged(["--adapter", `${adapter}=${program}`]);
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "holds").length).toBeGreaterThan(120);
});
