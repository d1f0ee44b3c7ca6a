/**
 * Every way that code can come in, with what the rules say of it in each mode, written down from the kernel's document
 * and test suite (and, for the streams, from our own reading) and not computed by the code that is shown.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn as spawnInTerminal } from "@lydell/node-pty";

export type Mode = 1 | 2 | 3 | 4;
export const MODES: readonly Mode[] = [1, 2, 3, 4];

/** What set-exec is told, to make each mode. */
export const MODE_OPTION: Readonly<Record<Mode, readonly string[]>> = {
  1: [],
  2: ["-f"],
  3: ["-i"],
  4: ["-fi"],
};

/** `ran` and `refused` are what a rule can ask for; anything else is told in words. */
export type CellResult = "ran" | "refused" | `broken: ${string}`;

export interface Row {
  readonly source: "file" | "stream" | "stdin" | "snippet";
  readonly what: string;
  /** What the rules say, for the modes 1 to 4. */
  readonly rule: readonly ["ran", Rule, Rule, Rule];
  readonly feed: Feed;
}
type Rule = "ran" | "refused";

/** How the code reaches inc: by a command for sh, which is given inc and its options as "$@"; or typed. */
type Feed = { readonly shell: string; readonly noexec?: true } | { readonly typed: true };

/** In the shell commands: $x the executable script, $n the one that is not, $m a folder on a noexec mount. */
export const ROWS: readonly Row[] = [
  {
    source: "file",
    what: "executable",
    rule: ["ran", "ran", "ran", "ran"],
    feed: { shell: '"$@" "$x"' },
  },
  {
    source: "file",
    what: "not executable",
    rule: ["ran", "refused", "ran", "refused"],
    feed: { shell: '"$@" "$n"' },
  },
  {
    source: "file",
    what: "executable, on a noexec mount",
    rule: ["ran", "refused", "ran", "refused"],
    feed: { shell: '"$@" "$m/x.inc"', noexec: true },
  },
  {
    source: "stream",
    what: "a FIFO's path",
    rule: ["ran", "refused", "refused", "refused"],
    feed: {
      shell: 'mkfifo "$t/fifo" && { cat "$x" >"$t/fifo" & "$@" "$t/fifo"; s=$?; kill $! 2>&-; exit $s; }',
    },
  },
  {
    source: "stream",
    what: "/dev/stdin, a pipe",
    rule: ["ran", "refused", "refused", "refused"],
    feed: { shell: 'cat "$x" | "$@" /dev/stdin' },
  },
  {
    source: "stdin",
    what: "an executable file",
    rule: ["ran", "ran", "ran", "ran"],
    feed: { shell: '"$@" -i <"$x"' },
  },
  {
    source: "stdin",
    what: "a file, not executable",
    rule: ["ran", "ran", "refused", "refused"],
    feed: { shell: '"$@" -i <"$n"' },
  },
  {
    source: "stdin",
    what: "a pipe",
    rule: ["ran", "ran", "refused", "refused"],
    feed: { shell: 'cat "$x" | "$@"' },
  },
  { source: "stdin", what: "a terminal", rule: ["ran", "ran", "refused", "refused"], feed: { typed: true } },
  {
    source: "snippet",
    what: "-c",
    rule: ["ran", "ran", "refused", "refused"],
    feed: { shell: `"$@" -c "$(cat "$x")"` },
  },
];

/** Computed by the script, so that neither a terminal's echo nor a message that quotes the script can look like it. */
const MARKER = "it ran";
const CODE = 'print "it " + "ran"\n';

/** Where the cells run: the programs, the scripts, and the user to run as. */
export interface Place {
  readonly programs: string;
  readonly scripts: string;
  /** Put before each command: what becomes another user. */
  readonly as: readonly string[];
  /** Makes a mount namespace, or says why none can be made. */
  readonly namespace: readonly string[] | { readonly missing: string };
}

/**
 * @param programs The folder of inc and set-exec.
 * @param scripts A folder of the place's own, which the user can reach.
 */
export function preparePlace(programs: string, scripts: string, as: readonly string[] = []): Place {
  writeFileSync(join(scripts, "x.inc"), CODE);
  chmodSync(join(scripts, "x.inc"), 0o755);
  writeFileSync(join(scripts, "n.inc"), CODE);
  chmodSync(join(scripts, "n.inc"), 0o644);
  mkdirSync(join(scripts, "mount"), { recursive: true });
  return { programs, scripts, as, namespace: mountNamespace(scripts, as) };
}

function mountNamespace(scripts: string, as: readonly string[]): Place["namespace"] {
  // With privilege, a mount namespace alone; without, one inside a user namespace of one's own, where nobody else exists.
  const ways = [
    ["unshare", "--mount"],
    ...(as.length === 0 ? [["unshare", "--user", "--map-root-user", "--mount"]] : []),
  ];
  const mount = ["mount", "-t", "tmpfs", "-o", "noexec", "none", join(scripts, "mount")];
  const works = ways.find(
    ([command, ...args]) => spawnSync(command as string, [...args, ...mount]).status === 0,
  );
  return works ?? { missing: "no noexec mount can be made here: neither privilege nor a user namespace" };
}

/**
 * Runs one cell for real.
 *
 * @returns What happened; or undefined where the cell cannot be set up here (see the place's namespace).
 */
export async function runCell(row: Row, mode: Mode, place: Place): Promise<CellResult | undefined> {
  const setExec = mode === 1 ? [] : [join(place.programs, "set-exec"), ...MODE_OPTION[mode], "--"];
  const command = [...setExec, join(place.programs, "inc")];
  return "typed" in row.feed ? typeInto([...place.as, ...command]) : feedByShell(row.feed, command, place);
}

async function feedByShell(
  feed: Extract<Feed, { shell: string }>,
  command: readonly string[],
  place: Place,
): Promise<CellResult | undefined> {
  const { scripts, as } = place;
  if (feed.noexec && "missing" in place.namespace) return undefined;
  const mount = feed.noexec
    ? [
        ...(place.namespace as string[]),
        "sh",
        "-c",
        'mount -t tmpfs -o noexec,mode=755 none "$0/mount" && cp -p "$0/x.inc" "$0/mount" && exec "$@"',
        scripts,
      ]
    : [];
  const prologue = 'x=$0/x.inc n=$0/n.inc m=$0/mount t=$(mktemp -d); trap "rm -r $t" EXIT; ';
  const whole = [...mount, ...as, "sh", "-c", prologue + feed.shell, scripts, ...command];
  const child = spawn(whole[0] as string, whole.slice(1), {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return resultOf(stdout, stderr, status);
}

/** A terminal shows both streams in one. Each piece is typed when a prompt is there to read it. */
function typeInto(command: readonly string[]): Promise<CellResult> {
  return new Promise((resolve) => {
    const terminal = spawnInTerminal(command[0] as string, command.slice(1), { cols: 200 });
    const hung = setTimeout(() => terminal.kill("SIGKILL"), PATIENCE_MS);
    const pieces = [CODE.replace("\n", "\r"), END_OF_INPUT];
    let shown = "";
    terminal.onData((data) => {
      shown += data;
      const isPrompted = shown.lastIndexOf("inc> ") > shown.indexOf(MARKER);
      const piece =
        isPrompted && (pieces.length === 2 || shown.includes(MARKER)) ? pieces.shift() : undefined;
      if (piece !== undefined) terminal.write(piece);
    });
    terminal.onExit(({ exitCode, signal }) => {
      clearTimeout(hung);
      resolve(resultOf(shown, shown, signal ? null : exitCode));
    });
  });
}

/** Longer than any cell takes; one that takes longer hangs, and obeys no rule by that. */
const PATIENCE_MS = 20_000;
const END_OF_INPUT = "\x04";

function resultOf(stdout: string, stderr: string, status: number | null): CellResult {
  if (stdout.includes(MARKER) && status === 0) return "ran";
  if (!stdout.includes(MARKER) && status === 1 && stderr.includes(": refused: ")) return "refused";
  return `broken: status ${status}, ${JSON.stringify(stdout + stderr)}`;
}
