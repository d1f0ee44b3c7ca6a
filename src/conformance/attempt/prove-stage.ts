/**
 * Before anything is judged, the kernel is asked whether what was built is what its form claims: as the user that runs the
 * case, and in the surroundings that are put before the command. A link on the way to the temporary folder, an access
 * control list or a helper that does less than it says would otherwise be taken for the interpreter's fault.
 */
import { O_PATH } from "../../linux/uapi.ts";
import { type Answer, CLAIMS, type Way } from "../requirements/ways.ts";
import { launch } from "../sandbox/launch.ts";
import type { Missing } from "../sandbox/missing.ts";
import { actAs } from "../sandbox/user.ts";
import type { Workplace } from "../sandbox/workplace.ts";
import { ANSWER, kernelAnswer, STANDARD_INPUT } from "../sandbox/wraps/kernel-answer.ts";
import { failureOf, firstLine, type Wrapper } from "../sandbox/wraps/wrap.ts";
import type { Setting } from "./attempt.ts";
import { environment } from "./environment.ts";
import type { Stage } from "./stage.ts";

/** Says why nothing can be told from an attempt on this stage; undefined if the stage is what its form claims. */
export async function proveStage(
  { workplace, interpreter }: Setting,
  way: Way,
  stage: Stage,
): Promise<Missing | undefined> {
  if (stage.user !== undefined && actAs(stage.user, () => kernelAnswer(interpreter, O_PATH)) !== "0")
    return { missing: `cannot be set up here: user ${stage.user.uid} cannot execute ${interpreter}` };
  const { is, inside } = CLAIMS[way.form];
  if (is === undefined) return undefined;
  const answer = actAs(stage.user, () => kernelAnswer(descriptorOf(stage) ?? stage.path));
  if (answer !== is) return unlike(is, answer);
  const { wrapper } = stage;
  if (inside === undefined || wrapper === undefined) return undefined;
  return await once(workplace, `${way.kind === "stdin"} ${way.form} ${stage.user?.uid}`, () =>
    proveInside(workplace, way, { ...stage, wrapper }, inside),
  );
}

/** The descriptor that the interpreter gets; undefined where it gets a path. */
function descriptorOf({ passed, stdin }: Stage): number | undefined {
  return passed[0] ?? (typeof stdin === "number" ? stdin : undefined);
}

/** What was found out is kept for the whole run, unless something was wrong: that may have been for the moment. */
function once(
  workplace: Workplace,
  about: string,
  prove: () => Promise<Missing | undefined>,
): Promise<Missing | undefined> {
  const known = proved.get(workplace) ?? new Map<string, Promise<Missing | undefined>>();
  proved.set(workplace, known);
  const found =
    known.get(about) ??
    prove().then((wrong) => {
      if (wrong !== undefined) known.delete(about);
      return wrong;
    });
  known.set(about, found);
  return found;
}

const proved = new WeakMap<Workplace, Map<string, Promise<Missing | undefined>>>();

const ERRAND_MS = 10_000;

/** Asks inside, by a program that does nothing else. */
async function proveInside(
  workplace: Workplace,
  way: Way,
  { wrapper, user, again, file, home }: Stage & { readonly wrapper: Wrapper },
  claimed: Answer,
): Promise<Missing | undefined> {
  const target = way.kind === "stdin" ? STANDARD_INPUT : (again ?? file);
  // A mount is the same for every user. That the user can be changed inside is tried for itself: as that user, the program
  // of the kit may be out of reach.
  const who = wrapper.setsUser ? undefined : user;
  const failure = wrapper.setsUser && user !== undefined ? failureOf(wrapper.wrap([], 1, user)) : undefined;
  if (failure !== undefined) return { missing: `cannot be set up here: ${failure}` };
  const { stdout, stderr, notStarted } = await launch({
    argv: wrapper.wrap(workplace.checking(target), 1, who),
    env: environment(home, [], {}),
    cwd: home,
    stdin: "ignore",
    user: who,
    mode: 1,
    timeoutMs: ERRAND_MS,
  });
  const said = stdout.startsWith(ANSWER) ? stdout.slice(ANSWER.length).trim() : undefined;
  if (said === claimed) return undefined;
  if (said !== undefined) return unlike(claimed, said);
  return {
    missing: `cannot be set up here: ${notStarted ?? firstLine(stderr) ?? "it ended without a word"}`,
  };
}

function unlike(claimed: Answer, answer: string): Missing {
  return {
    missing: `the stage is not what it should be: the kernel answers ${answer} to its check, where ${claimed} is due`,
  };
}
