/** From the command line to what is to be done; or to what is wrong with it, before anything is begun. */
import { readFileSync } from "node:fs";
import { type Adapter, readAdapter } from "./adapter/adapter.ts";
import { ADAPTERS } from "./adapter/shipped.ts";
import type { RunCommand } from "./command-line.ts";
import { type KnownFailure, readKnownFailures } from "./findings/known-failures.ts";
import * as messages from "./messages.ts";
import { findInterpreter } from "./proofs/run-jobs.ts";
import { REQUIREMENTS, type Requirement } from "./requirements/requirements.ts";
import { isProgram } from "./sandbox/is-program.ts";
import type { User } from "./sandbox/launch.ts";
import { CANNOT_RUN_HERE, WRONG_USAGE } from "./status.ts";

export interface Plan {
  readonly subjects: readonly { adapter: Adapter; interpreter: string }[];
  readonly wanted: readonly Requirement[];
  readonly known: readonly KnownFailure[];
  readonly user: User | undefined;
}

/** Makes the plan, and reads all that it needs. */
export function makePlan(command: RunCommand): Plan | { complaint: string; status: number } {
  const wrong = (complaint: string, status = WRONG_USAGE) => ({ complaint, status });
  const subjects: { adapter: Adapter; interpreter: string }[] = [];
  const add = (adapter: Adapter, program: string | undefined) => {
    if (program === "") return wrong(messages.namesNoProgram(adapter.name));
    const interpreter = findInterpreter(program ?? adapter.interpreter);
    if (interpreter !== undefined && !isProgram(interpreter))
      return wrong(messages.noProgram(interpreter), CANNOT_RUN_HERE);
    if (interpreter !== undefined) subjects.push({ adapter, interpreter });
    return interpreter === undefined
      ? wrong(messages.notInstalled(program ?? adapter.interpreter, adapter.package), CANNOT_RUN_HERE)
      : undefined;
  };
  for (const { name, program } of command.names) {
    const adapter = ADAPTERS.find((each) => each.name === name);
    if (adapter === undefined) return wrong(messages.noAdapter(name));
    const missing = add(adapter, program);
    if (missing !== undefined) return missing;
  }
  for (const { file, program } of command.adapters) {
    const read = readJson(file);
    if ("wrong" in read) return wrong(messages.wrongAdapter(file, read.wrong));
    const missing = add(read.adapter, program);
    if (missing !== undefined) return missing;
  }
  for (const id of command.only) {
    if (!REQUIREMENTS.some((each) => isChosen(each, id))) return wrong(messages.noSuchRequirement(id));
  }
  const wanted = REQUIREMENTS.filter(
    (each) => command.only.length === 0 || command.only.some((id) => isChosen(each, id)),
  );
  let known: readonly KnownFailure[] = [];
  if (command.expect !== undefined) {
    const text = readText(command.expect);
    if (text === undefined) return wrong(messages.unreadable(command.expect));
    const read = readKnownFailures(text);
    if ("wrong" in read) return wrong(`${command.expect}: ${read.wrong.join("; ")}`);
    known = read.known;
  }
  const user = command.asUser === undefined ? undefined : readUser(command.asUser);
  if (user === null) return wrong(messages.WRONG_USER);
  if (user !== undefined && process.getuid?.() !== 0) return wrong(messages.NEEDS_ROOT, CANNOT_RUN_HERE);
  return { subjects: toldApart(subjects), wanted, known, user };
}

/** Two builds of one interpreter can be compared: the second is called `dash-2`, in every report. */
function toldApart(subjects: Plan["subjects"]): Plan["subjects"] {
  return subjects.map(({ adapter, interpreter }, at) => {
    const before = subjects.slice(0, at).filter((each) => each.adapter.name === adapter.name).length;
    if (before === 0) return { adapter, interpreter };
    const name = `${adapter.name}-${before + 1}`;
    return { adapter: { ...adapter, name, title: `${adapter.title} (${before + 1})` }, interpreter };
  });
}

function isChosen({ id }: Requirement, chosen: string): boolean {
  return id === chosen || id.startsWith(`${chosen}.`);
}

function readJson(file: string): ReturnType<typeof readAdapter> {
  const text = readText(file);
  if (text === undefined) return { wrong: ["it cannot be read"] };
  try {
    return readAdapter(JSON.parse(text));
  } catch (error) {
    return { wrong: [`it is no JSON: ${(error as Error).message}`] };
  }
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

/** As far as Node can count them. */
const HIGHEST_ID = 2 ** 31 - 1;
