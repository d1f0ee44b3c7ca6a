/** Shows an attempt that is ready as lines for a shell, instead of running it. */
import { existsSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mode } from "../../exec-check/exec-check.ts";
import { fill } from "../adapter/template.ts";
import { asUser } from "../sandbox/user.ts";
import type { Attempt, Ready, Setting } from "./attempt.ts";
import { environment } from "./environment.ts";
import { wrap } from "./run-attempt.ts";

export interface ShownAttempt {
  /** What a shell takes, a line each. */
  readonly lines: readonly string[];
  /** What was built for it. */
  readonly folder: string;
  /** Whether the lines need this process, which holds a file, a descriptor or a mount. */
  readonly isHeld: boolean;
  /** What the program prints. */
  readonly marker: string;
  /** What the program prints that comes with it, and may run also where this is refused. */
  readonly beside: string | undefined;
  /** What is to be typed, where the lines begin a prompt. */
  readonly typed: string | undefined;
}

/**
 * Shows an attempt.
 *
 * @param setExec The command that is set-exec here.
 */
export function showAttempt(
  setting: Setting,
  attempt: Attempt,
  { stage, code, program, beside, values }: Ready,
  setExec: readonly string[],
): ShownAttempt {
  const { entry, way } = attempt;
  const { home } = stage;
  const text = join(home, "the-code");
  writeFileSync(text, code);
  const command = entry.command.map((each) => fill(each, values));
  const wrapped = wrap(setting, attempt, stage, command);
  const bits = wrapped.mode === 1 ? [] : [...setExec, ...OPTIONS[wrapped.mode], "--"];
  const env = Object.entries(environment(home, [setting.adapter.env, entry.env], values)).map(
    ([name, value]) => `${name}=${value}`,
  );
  const argv = ["env", "-i", ...env, ...bits, ...asUser(wrapped.user), ...wrapped.argv];
  const line = argv.map(quoted).join(" ");
  const input = inputOf(
    stage.stdin === "ignore" ? entry.stdin && fill(entry.stdin, values) : stage.stdin,
    text,
  );
  const passed = stage.passed.map((fd, at) => inputOf(fd, text, at + 3));
  const isPrompt = stage.terminal || (way.kind === "startup" && entry.prompt !== undefined);
  const isTyped = isPrompt && (stage.terminal || beside !== undefined);
  const feeds = [input, ...passed].some((each) => each?.isPiped);
  const redirections = [
    ...passed.map((each) => each?.redirection ?? ""),
    isPrompt ? "" : (input?.redirection ?? "< /dev/null"),
  ];
  const parts = [
    ...(stage.fifo === undefined ? [] : [`cat ${quoted(text)} > ${quoted(stage.fifo)} &`]),
    `${feeds ? `cat ${quoted(text)} | ` : ""}${input?.before ?? ""}${stage.stdin === "socket" ? socketTo(text, line) : line} ${redirections.join(" ")}`.trim() +
      (input?.after ?? ""),
  ];
  return {
    lines: [`cd ${quoted(home)}`, ...parts, 'echo "status $?"'],
    folder: home,
    isHeld:
      way.form === "held-for-writing" ||
      wrapped.argv[0] === "nsenter" ||
      [input, ...passed].some((each) => each?.isHeld),
    marker: program.marker,
    beside: beside?.marker,
    typed: isTyped ? (stage.terminal ? (stage.typed ?? values.program) : beside?.text) : undefined,
  };
}

const OPTIONS: Readonly<Record<Mode, readonly string[]>> = { 1: [], 2: ["-f"], 3: ["-i"], 4: ["-f", "-i"] };

interface Input {
  readonly redirection?: string;
  /** Put around the command. */
  readonly before?: string;
  readonly after?: string;
  readonly isPiped?: true;
  readonly isHeld?: true;
}

/** How a shell gives the command what stands on one of this process's descriptors, or in a file. */
function inputOf(from: number | string | undefined, text: string, as = 0): Input | undefined {
  if (from === undefined || from === "socket") return undefined;
  if (typeof from === "string") return { redirection: `< ${quoted(from)}` };
  const target = readlinkSync(`/proc/self/fd/${from}`);
  const digit = as === 0 ? "" : String(as);
  if (target.startsWith("pipe:"))
    return as === 0 ? { isPiped: true, redirection: "" } : { isPiped: true, redirection: `${digit}<&0` };
  if (!existsSync(target)) return { redirection: `${digit}< /proc/${process.pid}/fd/${from}`, isHeld: true };
  const skipped = Number(/^pos:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${from}`, "utf8"))?.[1] ?? 0);
  if (skipped === 0) return { redirection: `${digit}< ${quoted(target)}` };
  return {
    redirection: "",
    before: `{ dd bs=1 count=${skipped} of=${quoted(`${text}.head`)} status=none; `,
    after: `; } < ${quoted(target)}`,
  };
}

/** A shell has no sockets of its own. */
function socketTo(text: string, line: string): string {
  const script =
    "$f = shift; socketpair($a, $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC); if (fork) { close $b; open F, $f; print $a $_ while <F>; close $a; wait; exit $? >> 8 } close $a; open STDIN, '<&', $b; exec @ARGV";
  return `perl -MSocket -e ${quoted(script)} ${quoted(text)} ${line}`;
}

/** Quotes a word for a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
