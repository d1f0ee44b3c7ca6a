/** One attempt: code with a fresh marker is handed to the interpreter in one way, in one mode, and what happened is observed. */
import { chmodSync, chownSync, closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Adapter, Entry } from "../adapter/adapter.ts";
import { type MarkedProgram, mark } from "../adapter/marker.ts";
import { fill, type Places } from "../adapter/template.ts";
import type { Form, Kind } from "../requirements/requirements.ts";
import { feedFifo } from "../sandbox/fifo.ts";
import { type Launch, launch, type Outcome } from "../sandbox/launch.ts";
import { quietly } from "../sandbox/processes.ts";
import { removeTree } from "../sandbox/remove-tree.ts";
import { openTerminal } from "../sandbox/terminal.ts";
import type { Workplace } from "../sandbox/workplace.ts";
import { type Missing, type Stage, setStage, whyNotHere } from "./stage.ts";

/** What every attempt at one interpreter has in common. */
export interface Setting {
  readonly place: Workplace;
  readonly adapter: Adapter;
  /** The interpreter's absolute path. */
  readonly interpreter: string;
  readonly timeoutMs: number;
}

export interface Way {
  readonly kind: Kind;
  readonly entry: Entry;
  readonly form: Form;
  readonly mode: Mode;
  readonly locked?: boolean;
  /** Put before the command, inside of everything else: a tracer; and the log that it writes. */
  readonly before?: readonly string[];
  readonly log?: string;
  /** Called with the stage before the command starts; what it gives is called when the command has ended. */
  readonly meanwhile?: (stage: Stage, pid: number) => () => void;
}

/** What was observed. */
export interface Observation {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly file: string;
  readonly marker: string;
  readonly program: MarkedProgram;
  /** It ran to its marker. */
  readonly ran: boolean;
  /** Some of it ran. */
  readonly ranPartly: boolean;
  readonly outcome: Outcome;
}

/** The machine has no more to give, whatever it was asked for. */
const SHORTAGE = /\b(EAGAIN|EMFILE|ENFILE|ENOMEM)$/;

/** Makes one attempt, or says what it lacks here. */
export async function attempt(setting: Setting, way: Way): Promise<Observation | Missing> {
  try {
    return await tryOnce(setting, way);
  } catch (error) {
    const why = whyNotHere(error);
    if (why === undefined) throw error;
    return { missing: `cannot be set up here: ${why}` };
  }
}

async function tryOnce(setting: Setting, way: Way): Promise<Observation | Missing> {
  const { place, adapter, interpreter } = setting;
  const { entry, form, kind, mode } = way;
  if (way.locked === true && "missing" in place.locked) return place.locked;
  const program = mark(entry.program ?? adapter.program);
  const name = entry.file ?? `code${adapter.extension ?? ""}`;
  const isLoadedTwice = form === "again-through-noexec";
  // What is loaded twice prints a marker of its own; the one to look for comes after the second loading.
  const loaded = isLoadedTwice ? mark(entry.program ?? adapter.program) : program;
  const places: { -readonly [name in keyof Places]: string } = { interpreter };
  const source = Buffer.from(fill(loaded.text, places));
  const code = entry.prepare === undefined ? source : await prepare(setting, entry.prepare, source);
  if ("missing" in code) return code;
  const atPrompt = kind === "startup" && entry.prompt !== undefined;
  const set = setStage(place, {
    kind,
    form,
    name,
    code,
    asOrdinaryUser: entry.asOrdinaryUser ?? false,
  });
  if ("missing" in set) return set;
  const stage: Stage = atPrompt ? { ...set, terminal: true } : set;
  const stops: (() => void)[] = [stage.close];
  try {
    Object.assign(places, {
      file: stage.file,
      folder: stage.folder,
      name: basename(name, extname(name)),
      ...(stage.again === undefined ? {} : { again: stage.again }),
    });
    places.program = fill(program.text, places);
    const mainText = isLoadedTwice ? entry.again : entry.main;
    if (mainText !== undefined) {
      places.main = join(place.folder(stage.user).path, `main${adapter.extension ?? ""}`);
      writeFileSync(places.main, fill(mainText, places));
      chmodSync(places.main, 0o755);
      if (stage.user !== undefined) chownSync(places.main, stage.user.uid, stage.user.gid);
    }
    const home = place.folder(stage.user).path;
    const env = environment(home, entry, places);
    const command = entry.command.map((text) => fill(text, places));
    const terminal = stage.terminal ? openTerminal(stage.user) : undefined;
    if (terminal !== undefined) stops.push(terminal.close);
    let stdin = terminal?.fd ?? stage.stdin;
    if (entry.stdin !== undefined && stdin === "ignore") {
      const fd = openSync(fill(entry.stdin, places), "r");
      stops.push(() => closeSync(fd));
      stdin = fd;
    }
    const wrapped = wrap(setting, way, stage, [...(way.before ?? []), ...command]);
    const argv = terminal === undefined ? wrapped.argv : ["setsid", "--ctty", ...wrapped.argv];
    const outcome = await launch(
      {
        argv,
        env,
        cwd: home,
        stdin,
        extra: stage.extra,
        ...(terminal === undefined ? {} : { terminal: terminal.fd }),
        user: wrapped.user,
        mode: wrapped.mode,
        timeoutMs: setting.timeoutMs,
        log: way.log,
      } satisfies Launch,
      (child) => {
        if (stage.fifo !== undefined) stops.push(feedFifo(stage.fifo, code));
        if (stage.stdin === "socket") child.stdin?.end(code);
        terminal?.begin({
          prompt: kind === "terminal" || atPrompt ? entry.prompt : undefined,
          code: atPrompt ? undefined : (places.program as string),
          isDone: program.seenIn,
        });
        if (way.meanwhile !== undefined) stops.push(way.meanwhile(stage, child.pid as number));
      },
    );
    // That it was a helper that did not start, or another user that one cannot be, says nothing of the interpreter.
    const isOwnFault = argv[0] === command[0] && wrapped.user === undefined;
    if (outcome.notStarted !== undefined && (!isOwnFault || SHORTAGE.test(outcome.notStarted)))
      return { missing: `cannot be set up here: ${outcome.notStarted}` };
    const seen = terminal === undefined ? outcome : { ...outcome, stdout: await terminal.shown() };
    const output = `${seen.stdout}\n${seen.stderr}`;
    return {
      command: wrapped.argv,
      env: entry.env === undefined ? {} : fillAll(entry.env, places),
      mode,
      file: stage.file,
      marker: program.marker,
      program,
      ran: program.seenIn(output),
      ranPartly: program.anySeenIn(output),
      outcome: seen,
    };
  } finally {
    for (const stop of stops.reverse()) stop();
    removeTree(stage.folder);
  }
}

/** Namespaces first, then the user, then the bits, then the command. */
function wrap(
  { place }: Setting,
  { mode, locked }: Way,
  { wrap, wrapSetsBits, user }: Stage,
  argv: readonly string[],
): Pick<Launch, "argv" | "user" | "mode"> {
  if (locked === true && mode !== 1 && !("missing" in place.locked)) {
    return { argv: place.locked.wrap(argv, mode, user), user, mode: 1 };
  }
  if (wrap === undefined) return { argv, user, mode };
  const whole = wrap(argv, mode, user);
  // What enters a namespace needs the privilege that the user lacks, and becomes the user itself.
  const becomesUser = whole[0] === "nsenter";
  return { argv: whole, user: becomesUser ? undefined : user, mode: wrapSetsBits ? 1 : mode };
}

/** Little, and nothing of the user's own: no startup file of theirs may speak here. */
export function environment(home: string, entry: Pick<Entry, "env">, places: Places): Record<string, string> {
  const { PATH } = process.env;
  return {
    PATH: PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...fillAll(entry.env ?? {}, places),
  };
}

function fillAll(texts: Readonly<Record<string, string>>, places: Places): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, places)]));
}

/** Compiles the code with the interpreter's own tool, in mode 1, as whoever runs the cases. */
async function prepare(
  { place, interpreter, timeoutMs }: Setting,
  command: readonly string[],
  source: Uint8Array,
): Promise<Uint8Array | Missing> {
  const home = place.folder(place.user).path;
  const [from, to] = [join(home, "source"), join(home, "made")];
  writeFileSync(from, source);
  const places = { interpreter, source: from, file: to };
  const { status, stderr, notStarted } = await launch({
    argv: command.map((text) => fill(text, places)),
    env: environment(home, {}, places),
    cwd: home,
    stdin: "ignore",
    user: place.user,
    mode: 1,
    timeoutMs,
  });
  const made = status === 0 ? quietly(() => readFileSync(to)) : undefined;
  return made ?? { missing: `the code could not be compiled: ${notStarted ?? stderr.trim().slice(0, 500)}` };
}
