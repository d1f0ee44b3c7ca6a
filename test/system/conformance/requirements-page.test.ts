/** Can an interpreter be enlightened by reading docs/requirements.md? */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PAGE } from "../../../scripts/requirements-page.ts";
import { skipWithReason } from "../../support/skip.ts";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, scratch } from "./kit.ts";

const page = readFileSync(PAGE, "utf8");

/** An interpreter of the subject's language that takes a file alone, in the page's own words. */
const interpreterByThePage = (code: string): string => `
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/securebits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifndef AT_EXECVE_CHECK
#define AT_EXECVE_CHECK 0x10000
#endif
#ifndef SECBIT_EXEC_RESTRICT_FILE
#define SECBIT_EXEC_RESTRICT_FILE (1 << 8)
#define SECBIT_EXEC_DENY_INTERACTIVE (1 << 10)
#endif

static void refuse(void) {
  fputs("refused\\n", stderr);
  exit(1);
}

static void run(const char *path, char **argv, char **envp);

static void interpret(int fd, char **argv, char **envp) {
  char line[4096];
  FILE *file = fdopen(fd, "r");
  while (fgets(line, sizeof line, file)) {
    long a, b;
    if (sscanf(line, "add %ld %ld", &a, &b) == 2)
      printf("%ld\\n", a + b);
    line[strcspn(line, "\\n")] = 0;
    if (strncmp(line, "load ", 5) == 0)
      run(line + 5, argv, envp);
  }
}
#define interpret(fd) interpret(fd, argv, envp)

static void run(const char *path, char **argv, char **envp) {
  struct stat st;
${code}
}

int main(int argc, char **argv, char **envp) {
  const char *startup = getenv("SUBJECT_STARTUP");
  if (startup)
    run(startup, argv, envp);
  if (argc > 1)
    run(argv[1], argv + 1, envp);
  return 0;
}
`;

test("an interpreter that is made of its code conforms", async (context) => {
  needsEverything(context);
  const code = [...page.matchAll(/```c\n(.*?)```/gs)]
    .map(([, text]) => text as string)
    .find((text) => text.includes("interpret(fd)"));
  const [source, program] = [join(scratch, "by-the-page.c"), join(scratch, "by-the-page")];
  writeFileSync(source, interpreterByThePage(code as string));
  const { error, status, stderr } = spawnSync("gcc", ["-Wall", "-Werror", "-o", program, source], {
    encoding: "utf8",
  });
  if (error !== undefined) skipWithReason(context, `there is no gcc: ${error.message}`);
  expect(status, stderr).toBe(0);

  const { channels, ...rest } = JSON.parse(readFileSync(SUBJECT_ADAPTER, "utf8"));
  const { script, startup, module, shebang } = channels;
  const adapter = join(scratch, "by-the-page.json");
  writeFileSync(adapter, JSON.stringify({ ...rest, channels: { script, startup, module, shebang } }));
  const report = await judged(["--adapter", `${adapter}=${program}`]);
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "holds").length).toBeGreaterThan(120);
});
