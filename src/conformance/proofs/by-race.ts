/** Exchanges a file while its check is under way. The tracer makes the check late; nothing here depends on luck. */
import { chmodSync, chownSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SYS_execveat } from "../../linux/uapi.ts";
import { type MarkedProgram, mark } from "../adapter/marker.ts";
import { fill } from "../adapter/template.ts";
import { environment, type Setting } from "../attempt/attempt.ts";
import type { Case } from "../findings/findings.ts";
import { ending } from "../findings/verdict.ts";
import type { Requirement } from "../requirements/requirements.ts";
import { launch } from "../sandbox/launch.ts";
import { descendants, quietly, tasks } from "../sandbox/processes.ts";
import { injecting } from "../trace/strace.ts";
import type { Job } from "./by-channel.ts";
import { skippedJob } from "./by-trace.ts";

/** How late the check is: long enough to exchange a link on any machine. */
const DELAY_US = 700_000;
const LOOK_MS = 4;

export function raceJobs(
  setting: Setting,
  wanted: readonly Requirement[],
  missing: string | undefined,
): Job[] {
  const races = wanted.flatMap(({ id, proof }) => (proof.by === "race" ? [{ id, proof }] : []));
  if (races.length === 0) return [];
  if (missing !== undefined) return [skippedJob(races, missing)];
  return races.map(({ id, proof }) => ({ size: 1, run: () => race(setting, id, proof.swap) }));
}

/** In mode 2, nothing of the file without execute permission may ever run, on whichever side of the exchange it is. */
async function race(setting: Setting, id: string, swap: "to-bad" | "to-good"): Promise<Case[]> {
  const { place, adapter, interpreter } = setting;
  const entry = adapter.channels.script?.[0];
  if (entry === undefined)
    return [
      { id, entry: "script", verdict: "not offered", reason: "the adapter names no script", evidence: [] },
    ];
  const folder = place.folder(place.user).path;
  const make = (name: string, mode: number, other?: MarkedProgram) => {
    let program = mark(entry.program ?? adapter.program);
    while (program.marker === other?.marker) program = mark(entry.program ?? adapter.program);
    const path = join(folder, `${name}${adapter.extension ?? ""}`);
    writeFileSync(path, fill(program.text, { interpreter }));
    chmodSync(path, mode);
    if (place.user !== undefined) chownSync(path, place.user.uid, place.user.gid);
    return { path, program };
  };
  const good = make("good", 0o755);
  const bad = make("bad", 0o644, good.program);
  const [first, second] = swap === "to-bad" ? [good, bad] : [bad, good];
  const link = join(folder, `link${adapter.extension ?? ""}`);
  symlinkSync(first.path, link);
  symlinkSync(second.path, `${link}.next`);
  let swapped = false;
  let watch: NodeJS.Timeout | undefined;
  const argv = [
    ...injecting(join(folder, "trace"), "execveat", `delay_enter=${DELAY_US}`),
    ...entry.command.map((text) => fill(text, { interpreter, file: link, folder, name: "link" })),
  ];
  const outcome = await launch(
    {
      argv,
      env: environment(folder, entry, { interpreter, file: link, folder }),
      cwd: folder,
      stdin: "ignore",
      user: place.user,
      mode: 2,
      timeoutMs: setting.timeoutMs,
    },
    (child) => {
      watch = setInterval(() => {
        if (swapped || !isChecking(child.pid as number)) return;
        renameSync(`${link}.next`, link);
        swapped = true;
      }, LOOK_MS);
    },
  );
  clearInterval(watch);
  const output = `${outcome.stdout}\n${outcome.stderr}`;
  const ranBad = bad.program.seenIn(output);
  const seen = {
    command: argv,
    env: {},
    mode: 2 as const,
    file: link,
    marker: bad.program.marker,
    program: bad.program,
    ran: ranBad,
    ranPartly: ranBad,
    outcome,
  };
  const found = !swapped
    ? ranBad
      ? ({ verdict: "broken", reason: `no check was made, and the code ran; ${ending(seen)}` } as const)
      : ({ verdict: "skipped", reason: `no check was seen under way; ${ending(seen)}` } as const)
    : ranBad
      ? ({
          verdict: "broken",
          reason: "the file without execute permission ran: it was not what was checked",
        } as const)
      : ({ verdict: "holds", reason: "nothing of the file without execute permission ran" } as const);
  const { status, signal, hung, stdout, stderr, ms } = outcome;
  const shown = {
    what: `the link was exchanged while execveat was under way: ${swapped}`,
    command: argv,
    env: {},
  };
  return [
    {
      id,
      entry: `script/${entry.name}`,
      ...found,
      evidence: [
        {
          ...shown,
          mode: 2,
          marker: bad.program.marker,
          ran: ranBad,
          status,
          signal,
          hung,
          stdout: stdout.slice(0, 2000),
          stderr: stderr.slice(0, 2000),
          ms: Math.round(ms),
        },
      ],
    },
  ];
}

/** Is a descendant of this process inside execveat? proc(5): the first word of /proc/PID/syscall is the call's number. */
function isChecking(pid: number): boolean {
  const number = String(SYS_execveat[process.arch]);
  return descendants(pid).some((each) =>
    tasks(each).some((task) =>
      quietly(() => readFileSync(`/proc/${each}/task/${task}/syscall`, "utf8"))?.startsWith(`${number} `),
    ),
  );
}
