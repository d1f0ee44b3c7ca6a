/** What a broken requirement mostly comes from, and where its repair is described. A guess, and said to be one. */
import type { Mode } from "../../exec-check/exec-check.ts";
import { aimOf } from "./aim.ts";
import type { Group } from "./groups.ts";
import { idOf } from "./id.ts";
import type { Question } from "./questions.ts";
import type { Requirement } from "./requirement.ts";
import type { Way } from "./ways.ts";

export interface Remedy {
  /** What is likely wrong, in words that go on after "likely". */
  readonly cause: string;
  /** The section with the repair: a page of docs/ and its heading. */
  readonly see: string;
}

const WRITE = "docs/requirements.md#what-to-write";
const WRONG = "docs/requirements.md#what-is-easily-got-wrong";
const OFFSET = "docs/requirements.md#standard-input-that-does-not-stand-at-its-beginning";
const LATE = "docs/requirements.md#asking-for-the-bits-late";
const NATIVE = "docs/requirements.md#native-extensions-and-the-dynamic-linker";
const ADAPTER = "docs/write-an-adapter.md#minute-3-when-it-does-not-work";

/**
 * Finds what is likely wrong.
 *
 * @param isBroken Whether another requirement is broken, by its id: where the plainest case is, so is the rest for the same reason.
 */
export function remedyOf(requirement: Requirement, isBroken: (id: string) => boolean): Remedy {
  const { proof, group } = requirement;
  const isPlainBroken = (of: Group, mode: Mode) => isBroken(idOf(of, "not-executable", mode));
  switch (proof.by) {
    case "trace":
      return TRACE[proof.question];
    case "fault": {
      if (aimOf(requirement) === "run") return OBEYED_IN_MODE_1;
      const of = proof.kind === "script" ? "file" : proof.kind === "terminal" ? "stdin" : proof.kind;
      return isPlainBroken(of, proof.mode) ? GROUPS[of] : GROUPS[group];
    }
    case "race":
      return isPlainBroken("file", 2) ? GROUPS.file : GROUPS[group];
    case "moved-offset":
      return isPlainBroken("stdin", 3) ? GROUPS.stdin : MOVED;
    case "securebits-fault":
      return { cause: "the answer of prctl is used without a look at whether it failed", see: LATE };
    case "channel": {
      if (aimOf(requirement) === "run") return proof.mode === 1 ? NOT_STARTED : TOO_STRICT;
      const remedy = FORMS[proof.channel.form];
      return remedy === undefined || isPlainBroken(group, 2) ? GROUPS[group] : remedy;
    }
  }
}

const NOT_STARTED: Remedy = {
  cause: "the adapter's command or program is wrong, or something is refused though no bit is set",
  see: ADAPTER,
};
const TOO_STRICT: Remedy = {
  cause:
    "it is refused for another file that it reads first (a library, a profile), or by a rule of its own, or for the bit of another mode",
  see: WRITE,
};
const OBEYED_IN_MODE_1: Remedy = {
  cause: "a check that fails is obeyed though no bit is set",
  see: WRITE,
};
const MOVED: Remedy = {
  cause: "it is read from where the descriptor stands after the check, wherever that is",
  see: OFFSET,
};
const ONE_ERRNO: Remedy = {
  cause: "only some errnos of the check are taken for a no: each of them is one",
  see: WRONG,
};

/** Where the form alone says what is wrong. */
const FORMS: Readonly<Partial<Record<Way["form"], Remedy>>> = {
  "noexec-mount": { cause: "the mode of the file is looked at, and the kernel is not asked", see: WRONG },
  "owner-lacks-x": { cause: "any x in the mode is taken for a yes, and the kernel is not asked", see: WRONG },
  landlock: { cause: "the mode of the file is looked at, and the kernel is not asked", see: WRONG },
  "held-for-writing": { cause: "only EACCES is taken for a no: ETXTBSY is one, too", see: WRONG },
  "memfd-not-executable": {
    cause: "a path that leads to a descriptor is not checked like others",
    see: WRONG,
  },
  "deleted-not-executable": {
    cause: "a path that leads to a descriptor is not checked like others",
    see: WRONG,
  },
  "dev-stdin-file": { cause: "/dev/stdin as a path is taken for standard input", see: WRONG },
  offset: { cause: "it is read from where the descriptor stands, wherever that is", see: OFFSET },
  "again-through-noexec": {
    cause: "what is loaded already is taken from the cache before the new path is checked",
    see: WRONG,
  },
};

/** Where something is not refused. */
const GROUPS: Readonly<Record<Group, Remedy>> = {
  file: {
    cause: "the script is not checked, or the failed check is not obeyed under RESTRICT_FILE",
    see: WRITE,
  },
  stream: { cause: "a pipe with a name is taken for a file: either bit has to refuse it", see: WRONG },
  stdin: {
    cause: "descriptor 0 is not checked, or DENY_INTERACTIVE not asked, before it is read",
    see: WRITE,
  },
  snippet: { cause: "DENY_INTERACTIVE is not asked before code in an argument runs", see: WRITE },
  environment: { cause: "DENY_INTERACTIVE is not asked before code in a variable runs", see: WRONG },
  startup: { cause: "startup files are opened by code of their own, without the check", see: WRONG },
  module: { cause: "modules are opened by code of their own, without the check", see: WRONG },
  option: { cause: "files that options name are opened by code of their own, without the check", see: WRONG },
  "by-name": { cause: "what is found by name is opened by code of its own, without the check", see: WRONG },
  compiled: {
    cause: "compiled code and caches are opened by code of their own, without the check",
    see: WRONG,
  },
  native: { cause: "the library is handed to the dynamic linker without a check before that", see: NATIVE },
  shebang: { cause: "the script that the kernel hands over is not checked", see: WRITE },
  locked: { cause: "the bits are compared as a whole, and their locks make a difference", see: WRITE },
  check: { cause: "the check is not made", see: WRITE },
  securebits: { cause: "the securebits are not asked", see: WRITE },
  fault: ONE_ERRNO,
  race: { cause: "the path is checked or opened a second time, not the descriptor that is read", see: WRONG },
};

const TRACE: Readonly<Record<Question, Remedy>> = {
  always: { cause: "the check is made under the bits alone, or not for this kind of source", see: WRONG },
  streams: {
    cause: "what is no file is refused without a check, so that nobody sees in mode 1 what would be refused",
    see: WRITE,
  },
  "empty-path": {
    cause: "the check is given a path instead of the descriptor and an empty path",
    see: WRONG,
  },
  descriptor: { cause: "the file is opened a second time to be read", see: WRONG },
  "before-interpretation": { cause: "the check stands behind the first evaluation", see: WRITE },
  "before-read": {
    cause: "the buffer is filled, or the first bytes are looked at, before the check",
    see: WRONG,
  },
  argv: { cause: "the check is given NULL, an empty argv, or that of the interpreter", see: WRITE },
  envp: { cause: "the check is given NULL instead of environ", see: WRITE },
  securebits: {
    cause: "prctl(PR_GET_SECUREBITS) is not called before code runs that no check let pass",
    see: LATE,
  },
};
