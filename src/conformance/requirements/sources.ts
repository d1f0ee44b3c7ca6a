/** What a requirement rests on: where it says so, and what it says, in our words. */
export interface Source {
  readonly authority: "kernel document" | "kernel test" | "this project";
  readonly where: string;
  readonly says: string;
}

const DOCUMENT = "Documentation/userspace-api/check_exec.rst";
const TEST = "tools/testing/selftests/exec/check-exec-tests.sh";

export const SOURCES = {
  "doc.restrict-file": {
    authority: "kernel document",
    where: `${DOCUMENT}, SECBIT_EXEC_RESTRICT_FILE`,
    says: "Under RESTRICT_FILE a file is interpreted only if the check of its descriptor succeeds.",
  },
  "doc.deny-interactive": {
    authority: "kernel document",
    where: `${DOCUMENT}, SECBIT_EXEC_DENY_INTERACTIVE`,
    says: "Under DENY_INTERACTIVE user commands are never interpreted; those that come through a descriptor only if its check succeeds.",
  },
  "doc.snippet": {
    authority: "kernel document",
    where: `${DOCUMENT}, SECBIT_EXEC_DENY_INTERACTIVE`,
    says: "A snippet that is given as an argument is always denied under DENY_INTERACTIVE.",
  },
  "doc.modes": {
    authority: "kernel document",
    where: `${DOCUMENT}, the four combinations`,
    says: "Mode 1 interprets everything; 2 denies scripts that are not executable; 3 denies user commands but no script; 4 denies both.",
  },
  "doc.all-code": {
    authority: "kernel document",
    where: `${DOCUMENT}, AT_EXECVE_CHECK`,
    says: "Every file that holds code, from the interpreter's point of view, is to be checked.",
  },
  "doc.always": {
    authority: "kernel document",
    where: `${DOCUMENT}, AT_EXECVE_CHECK and mode 1`,
    says: "The check is always performed, also where its result is ignored, so that administrators can see what would be refused.",
  },
  "doc.descriptor": {
    authority: "kernel document",
    where: `${DOCUMENT}, AT_EXECVE_CHECK`,
    says: "The check is made with AT_EMPTY_PATH on a descriptor, so that nothing can be exchanged between check and use.",
  },
  "doc.securebits": {
    authority: "kernel document",
    where: `${DOCUMENT}, SECBIT_EXEC_RESTRICT_FILE`,
    says: "Restrictions follow the securebits, and no configuration that a user controls can disable them.",
  },
  "doc.libraries": {
    authority: "kernel document",
    where: `${DOCUMENT}, AT_EXECVE_CHECK`,
    says: "Check and bits are meant for dynamic linkers, too, and where security matters libraries are checked like programs. An extension that an interpreter opens itself is its own to check.",
  },
  "test.stdin": {
    authority: "kernel test",
    where: `${TEST}, the cases with -i`,
    says: "Under RESTRICT_FILE alone standard input is interpreted whatever it is; under DENY_INTERACTIVE only an executable file is.",
  },
  "test.files": {
    authority: "kernel test",
    where: `${TEST}, the cases with a script's path`,
    says: "A script's path is refused under RESTRICT_FILE unless it is executable, and never under DENY_INTERACTIVE alone.",
  },
  "ours.stream": {
    authority: "this project",
    where: "src/exec-check/policy.ts",
    says: "A path that does not open a regular file brings user commands, whatever its name: it is refused under either bit. Otherwise `inc /dev/stdin` would run what `inc -i` refuses.",
  },
  "ours.loaded": {
    authority: "this project",
    where: "src/exec-check/policy.ts",
    says: "Code that a program loads is a file like the script itself, however it was named: by an import, an option, an environment variable.",
  },
  "ours.native": {
    authority: "this project",
    where: "docs/requirements.md, native extensions, and the dynamic linker",
    says: "An interpreter may refuse native extensions altogether under either bit: they can do whatever the process can.",
  },
  "ours.offset": {
    authority: "this project",
    where: "src/exec-check/admit.ts",
    says: "What passed the check is the whole file, and whoever hands over its descriptor chooses where it stands: the rest of a file can run without the lines that guard it. By the document's letter it may run, since its check succeeds; we read a part of a file as user commands.",
  },
  "ours.by-name": {
    authority: "this project",
    where: "src/exec-check/policy.ts",
    says: "A program that an option finds by its name is a file like the script itself. But it is given arguments, and some of these programs run their arguments as code: so it is left open whether it runs where user commands are refused.",
  },
  "ours.before-read": {
    authority: "this project",
    where: "src/exec-check/admit.ts",
    says: "No byte is read before the check: what is refused has then not been looked at.",
  },
  "ours.argv": {
    authority: "this project",
    where: "src/exec-check/origin.ts",
    says: "The check gets the argv of a native execution, never an empty one: security modules may look at it, and the kernel warns of an empty argv.",
  },
  "ours.envp": {
    authority: "this project",
    where: "src/exec-check/linux-kernel.ts",
    says: "The check gets the environment of a native execution: the kernel judges what it is given, and a NULL, which few systems take for an empty one, is nothing that a program is executed with.",
  },
  "ours.streams-checked": {
    authority: "this project",
    where: "src/exec-check/admit.ts",
    says: "The document speaks of files. The check of a pipe, a socket or a terminal can only fail; it is made all the same, as the kernel's sample makes it, so that it can be seen in mode 1 what would be refused.",
  },
  "ours.fails-closed": {
    authority: "this project",
    where: "src/exec-check/policy.ts",
    says: "A check that fails counts as 'not executable' whatever its errno, also when the call itself is filtered.",
  },
  "ours.admitted-each-time": {
    authority: "this project",
    where: "src/exec-check/admit.ts",
    says: "A module that is loaded already is admitted again by each path: one inode can be executable by one path and not by another.",
  },
} as const satisfies Record<string, Source>;

export type SourceId = keyof typeof SOURCES;
