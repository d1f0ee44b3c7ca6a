/** Makes an attempt: code with a fresh marker is handed to the interpreter, and what happens is observed. */
import { chmodSync, chownSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { mark } from "../adapter/marker.ts";
import { fill } from "../adapter/template.ts";
import type { Way } from "../requirements/ways.ts";
import type { Missing } from "../sandbox/missing.ts";
import { removeTree } from "../sandbox/remove-tree.ts";
import { systemRefusal } from "../sandbox/system-refusal.ts";
import type { Attempt, Ready, Setting } from "./attempt.ts";
import { writeCompanions } from "./companions.ts";
import type { Attempted, Observation } from "./observation.ts";
import { prepare } from "./prepare.ts";
import { proveStage } from "./prove-stage.ts";
import { runAttempt } from "./run-attempt.ts";
import { buildStage, type Stage } from "./stage.ts";

/**
 * Makes an attempt, or says what is missing here to make it. Where its time was over before anything was seen to run,
 * it is made again, alone: the machine may have been busy. What was seen to run is never tried away.
 */
export async function makeAttempt(setting: Setting, attempt: Attempt): Promise<Attempted> {
  const first = await setting.turns.beside(() => tryOnce(setting, attempt));
  if (attempt.once === true || !isInconclusive(first)) return first;
  const isBetter = (second: Attempted) => !isInconclusive(second);
  const second = await setting.turns.again(() => tryOnce(setting, attempt), isBetter);
  if (second === undefined || "missing" in second) return first;
  return { ...second, isSecond: true };
}

function isInconclusive(seen: Attempted): seen is Observation {
  return !("missing" in seen) && seen.ended.isOutOfTime === true && !seen.ran && !seen.ranPartly;
}

function tryOnce(setting: Setting, attempt: Attempt): Promise<Attempted> {
  return stageAttempt(setting, attempt, (ready) => runAttempt(setting, attempt, ready), "remove");
}

/**
 * Makes an attempt ready, and lets it be used, or says what is missing here.
 *
 * @param after What becomes of its folder afterwards.
 */
export async function stageAttempt<T>(
  setting: Setting,
  attempt: Attempt,
  use: (ready: Ready) => Promise<T>,
  after: "keep" | "remove",
): Promise<T | Missing> {
  try {
    return await stageAndUse(setting, attempt, use, after);
  } catch (error) {
    const why = systemRefusal(error);
    if (why === undefined) throw error;
    return { missing: `cannot be set up here: ${why}` };
  }
}

async function stageAndUse<T>(
  setting: Setting,
  attempt: Attempt,
  use: (ready: Ready) => Promise<T>,
  after: "keep" | "remove",
): Promise<T | Missing> {
  const { workplace, adapter, interpreter } = setting;
  const { way, entry } = attempt;
  if (attempt.locked === true && "missing" in workplace.locked) return workplace.locked;
  const text = entry.program ?? adapter.program;
  const program = mark(text);
  // The file that is loaded twice prints another marker; the one to look for is printed by what loads it the second time.
  const loaded = way.form === "again-through-noexec" ? mark(text) : program;
  const beside =
    hasOneBeside(attempt) && typeof adapter.program === "string" ? mark(adapter.program) : undefined;
  if (standsBehind(way) && beside === undefined)
    return { missing: "two programs of this adapter cannot be told apart" };
  const head = Buffer.from(beside === undefined ? "" : fill(beside.text, { interpreter }));
  const source = Buffer.from(fill(loaded.text, { interpreter }));
  const code = entry.prepare === undefined ? source : await prepare(setting, entry.prepare, source);
  if ("missing" in code) return code;
  const name = entry.file ?? `code${adapter.extension ?? ""}`;
  const { asOrdinaryUser = false } = entry;
  const stage = buildStage(workplace, way, { name, bytes: code, head, asOrdinaryUser });
  if ("missing" in stage) return stage;
  const stops = [stage.close];
  try {
    const wrong = await proveStage(setting, way, stage);
    if (wrong !== undefined) return wrong;
    const values = valuesFor(setting, attempt, stage, name, { program, beside });
    writeCompanions(entry, stage, values);
    attempt.arrange?.(stage, program);
    return await use({ stage, code, program, beside, loaded, values, stops });
  } finally {
    for (const stop of stops.reverse()) stop();
    if (after === "remove") removeTree(stage.home);
  }
}

/** Whether the file holds a head before the code. */
function standsBehind({ form }: Way): boolean {
  return form === "offset" || form === "behind-a-head";
}

/** Whether a run may go on without the code, or the code is a part of something larger. */
function hasOneBeside({ way, entry }: Attempt): boolean {
  if (standsBehind(way)) return true;
  const { kind } = way;
  const isOptional = kind === "environment" || kind === "startup" || kind === "compiled";
  return isOptional && (entry.main !== undefined || entry.prompt !== undefined);
}

/** Writes the script that is `{main}`, if there is one; gives what placeholders are replaced by. */
function valuesFor(
  { workplace, adapter, interpreter }: Setting,
  { way, entry }: Attempt,
  { file, folder, again, user }: Stage,
  name: string,
  { program, beside }: Pick<Ready, "program" | "beside">,
): Ready["values"] {
  const paths = {
    interpreter,
    file,
    folder,
    name: basename(name, extname(name)),
    ...(again === undefined ? {} : { again }),
  };
  const values = { ...paths, program: fill(program.text, paths) };
  const text = way.form === "again-through-noexec" ? entry.again : entry.main;
  if (text === undefined) return values;
  const main = join(workplace.folder(user).path, `main${adapter.extension ?? ""}`);
  writeFileSync(main, fill(`${text}${beside?.text ?? ""}`, values));
  chmodSync(main, 0o755);
  if (user !== undefined) chownSync(main, user.uid, user.gid);
  return { ...values, main };
}
