/** Turns the command line into a plan, or says what is wrong with it, before anything is run. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Message } from "../program/message.ts";
import type { Adapter } from "./adapter/adapter.ts";
import { readAdapter } from "./adapter/read-adapter.ts";
import { ADAPTERS } from "./adapter/shipped.ts";
import type { RunCommand } from "./command-line.ts";
import { type KnownFailure, readKnownFailures } from "./findings/known-failures.ts";
import * as messages from "./messages.ts";
import type { Enforced } from "./requirements/always.ts";
import type { Requirement } from "./requirements/requirement.ts";
import { REQUIREMENTS } from "./requirements/requirements.ts";
import { findInterpreter } from "./sandbox/find-interpreter.ts";
import { isProgram, startsOf } from "./sandbox/is-program.ts";
import type { User } from "./sandbox/user.ts";
import { CANNOT_RUN_HERE, WRONG_USAGE } from "./status.ts";

/** An interpreter that is judged, and what is known of it. */
export interface Subject {
  readonly adapter: Adapter;
  /** The absolute path. */
  readonly interpreter: string;
  /** What this build is declared to enforce always. */
  readonly always: readonly Enforced[];
  /** The absolute path of the same program built without that. */
  readonly twin: string | undefined;
  /** The arguments that name it on the command line. */
  readonly given: readonly string[];
}

type Unnamed = Omit<Subject, "given">;

export interface Plan {
  readonly subjects: readonly Subject[];
  readonly wanted: readonly Requirement[];
  readonly known: readonly KnownFailure[];
  readonly user: User | undefined;
  /** What is said before the run. */
  readonly remarks: readonly Message[];
}

interface Complaint {
  readonly complaint: Message;
  readonly status: number;
}

/** Makes the plan, and reads every file that it needs. */
export function makePlan(command: RunCommand): Plan | Complaint {
  const subjects: Subject[] = [];
  for (const each of [...command.names, ...command.adapters]) {
    const adapter = "file" in each ? adapterIn(each.file) : adapterCalled(each.name);
    if ("complaint" in adapter) return adapter;
    const subject = subjectOf(adapter, each.program, command);
    if ("complaint" in subject) return subject;
    subjects.push({ ...subject, given: argumentsFor(each, subject, command.asUser) });
  }
  const wanted = choose(command.only);
  if ("complaint" in wanted) return wanted;
  const known = command.expect === undefined ? [] : knownIn(command.expect);
  if ("complaint" in known) return known;
  const user = command.asUser === undefined ? undefined : readUser(command.asUser);
  if (user === null) return wrong(messages.WRONG_USER);
  if (user !== undefined && process.getuid?.() !== 0) return wrong(messages.NEEDS_ROOT, CANNOT_RUN_HERE);
  const named = toldApart(subjects);
  const names = new Set(known.flatMap(({ name }) => name ?? []));
  for (const { adapter } of named) names.delete(adapter.name);
  const strange = [...names].find((name) => !ADAPTERS.some((each) => each.name === name));
  if (strange !== undefined) return wrong(messages.nobodyCalled(strange, command.expect ?? ""));
  const remarks = [
    ...[...names].map((name) => messages.notJudgedHere(name, command.expect ?? "")),
    ...named.flatMap(({ interpreter }) => {
      const starts = startsOf(interpreter);
      return starts === undefined ? [] : [messages.isAScript(interpreter, starts)];
    }),
  ];
  return { subjects: named, wanted, known, user, remarks };
}

/** The arguments with which this subject alone can be judged in the same way. */
function argumentsFor(
  each: RunCommand["names"][number] | RunCommand["adapters"][number],
  { always, twin }: Unnamed,
  asUser: string | undefined,
): string[] {
  const program = each.program === undefined ? "" : `=${each.program}`;
  return [
    ...("file" in each ? ["--adapter", `${each.file}${program}`] : [`${each.name}${program}`]),
    ...(always.length === 0 ? [] : ["--always", always.join(",")]),
    ...(twin === undefined ? [] : ["--twin", twin]),
    ...(asUser === undefined ? [] : ["--as-user", asUser]),
  ];
}

function wrong(complaint: Message, status: number = WRONG_USAGE): Complaint {
  return { complaint, status };
}

function adapterCalled(name: string): Adapter | Complaint {
  return ADAPTERS.find((each) => each.name === name) ?? wrong(messages.noAdapter(name));
}

function adapterIn(file: string): Adapter | Complaint {
  const text = readText(file);
  if (text === undefined) return wrong(messages.unreadableAdapter(file));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong(messages.notJson(file, error as Error));
  }
  const read = readAdapter(value);
  return "wrong" in read ? wrong(messages.wrongAdapter(file, read.wrong)) : besideItself(file, read.adapter);
}

/** A relative path in an adapter means a file beside the adapter, wherever the kit is run. */
function besideItself(file: string, { interpreter, twin, ...adapter }: Adapter): Adapter {
  const beside = (name: string) => (name.includes("/") ? resolve(dirname(file), name) : name);
  return {
    ...adapter,
    interpreter: beside(interpreter),
    ...(twin === undefined ? {} : { twin: beside(twin) }),
  };
}

/** @param program The program to judge instead of the adapter's own. */
function subjectOf(
  adapter: Adapter,
  program: string | undefined,
  command: Pick<RunCommand, "always" | "twin">,
): Unnamed | Complaint {
  if (program === "") return wrong(messages.namesNoProgram(adapter.name));
  const interpreter = programCalled(program ?? adapter.interpreter, adapter.package);
  if (typeof interpreter !== "string") return interpreter;
  const always = command.always ?? adapter.always ?? [];
  const twinName = command.twin ?? adapter.twin;
  const own = withoutForeignVersion(adapter, interpreter);
  if (twinName === undefined) return { adapter: own, interpreter, always, twin: undefined };
  if (always.length === 0) return wrong(messages.twinOfNothing(adapter.name));
  const twin = programCalled(twinName, undefined);
  return typeof twin === "string" ? { adapter: own, interpreter, always, twin } : twin;
}

/** The version that the package manager gives is that of its own program, and no other's that is judged in its place. */
function withoutForeignVersion({ version, ...adapter }: Adapter, interpreter: string): Adapter {
  const isOwn = findInterpreter(adapter.interpreter) === interpreter;
  const isAsked = version?.some((text) => text.includes("{interpreter}")) === true;
  return version === undefined || !(isOwn || isAsked) ? adapter : { ...adapter, version };
}

/** The absolute path of a program that can be started. */
function programCalled(name: string, debianPackage: string | undefined): string | Complaint {
  const path = findInterpreter(name);
  if (path === undefined) return wrong(messages.notInstalled(name, debianPackage), CANNOT_RUN_HERE);
  return isProgram(path) ? path : wrong(messages.notAProgram(path), CANNOT_RUN_HERE);
}

/** Chooses the requirements with these ids or with ids that begin with them; all, where no id is given. */
function choose(only: readonly string[]): readonly Requirement[] | Complaint {
  const isChosen = ({ id }: Requirement, chosen: string) => id === chosen || id.startsWith(`${chosen}.`);
  const strange = only.find((chosen) => !REQUIREMENTS.some((each) => isChosen(each, chosen)));
  if (strange !== undefined) return wrong(messages.noSuchRequirement(strange));
  return REQUIREMENTS.filter((each) => only.length === 0 || only.some((chosen) => isChosen(each, chosen)));
}

function knownIn(file: string): readonly KnownFailure[] | Complaint {
  const text = readText(file);
  if (text === undefined) return wrong(messages.unreadable(file));
  const read = readKnownFailures(text);
  return "wrong" in read ? wrong(messages.wrongKnownFailures(file, read.wrong)) : read.known;
}

/** Gives each subject a name of its own: the second build of dash is called `dash-2`, in every report. */
function toldApart(subjects: readonly Subject[]): Subject[] {
  return subjects.map((subject, at) => {
    const { adapter } = subject;
    const before = subjects.slice(0, at).filter((each) => each.adapter.name === adapter.name).length;
    if (before === 0) return subject;
    const name = `${adapter.name}-${before + 1}`;
    return { ...subject, adapter: { ...adapter, name, title: `${adapter.title} (${before + 1})` } };
  });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readUser(text: string): User | null {
  const match = /^(\d+)(?::(\d+))?$/.exec(text);
  if (match === null) return null;
  const [uid, gid] = [Number(match[1]), Number(match[2] ?? match[1])];
  return Math.max(uid, gid) > HIGHEST_ID ? null : { uid, gid };
}

/** Node takes an id only as a signed integer of 32 bits. */
const HIGHEST_ID = 2 ** 31 - 1;
