/** The command line: what is asked for, or what is wrong with it. */
import { parseArgs } from "node:util";
import type { Message } from "../program/message.ts";
import * as messages from "./messages.ts";
import { REPORT_KINDS, type ReportKind } from "./report/writers.ts";
import { ENFORCED, type Enforced } from "./requirements/always.ts";

export interface Report {
  readonly kind: ReportKind;
  /** The file to write to; undefined for standard output. */
  readonly file: string | undefined;
}

export interface RunCommand {
  readonly do: "run";
  /** Names of shipped adapters, each with the program to judge instead of the adapter's own. */
  readonly names: readonly { name: string; program: string | undefined }[];
  /** Files that hold adapters, with the same. */
  readonly adapters: readonly { file: string; program: string | undefined }[];
  readonly only: readonly string[];
  readonly jobs: number | undefined;
  /** Undefined where the time limit is left to what is measured. */
  readonly timeoutMs: number | undefined;
  readonly asUser: string | undefined;
  /** What is declared of the builds that are judged; undefined where their adapters say it. */
  readonly always: readonly Enforced[] | undefined;
  readonly twin: string | undefined;
  readonly trace: boolean;
  readonly strict: boolean;
  /** Whether a MUST that was not tried counts as broken. */
  readonly strictScope: boolean;
  readonly expect: string | undefined;
  /** Where to write the known failures of this run. */
  readonly writeExpect: string | undefined;
  readonly reports: readonly Report[];
  readonly details: boolean;
  /** The case to build instead of a run: an id, and an entry behind a colon. */
  readonly reproduce: string | undefined;
  /** What errnos are drawn from. */
  readonly seed: number;
}

export type Command =
  | RunCommand
  | { readonly do: "list" | "help" | "version" }
  | { readonly do: "confine"; readonly folder: string; readonly argv: readonly string[] }
  | { readonly do: "check"; readonly path: string }
  | { readonly do: "complain"; readonly complaint: Message };

const HIGHEST_SEED = 999_999;

/** Reads the command line. */
export function parseCommandLine(args: readonly string[]): Command {
  if (args[0] === "--in-landlock-domain" && args[1] !== undefined && args[2] === "--" && args.length > 3) {
    return { do: "confine", folder: args[1], argv: args.slice(3) };
  }
  if (args[0] === "--kernel-answer" && args[1] !== undefined && args.length === 2)
    return { do: "check", path: args[1] };
  const parsed = parse(args);
  if ("complaint" in parsed) return wrong(parsed.complaint);
  const { values, positionals } = parsed;
  if (values.help) return { do: "help" };
  if (values.version) return { do: "version" };
  if (values.list) return { do: "list" };
  const names = positionals.map(split).map(([name, program]) => ({ name, program }));
  const adapters = (values.adapter ?? []).map(split).map(([file, program]) => ({ file, program }));
  if (names.length + adapters.length === 0) return wrong(messages.NOTHING_TO_JUDGE);
  const reports = readReports(values.report ?? []);
  if ("complaint" in reports) return wrong(reports.complaint);
  const jobs = number(values.jobs, 1, 64);
  if (jobs === null) return wrong(messages.WRONG_JOBS);
  const timeout = number(values.timeout, 1, 600);
  if (timeout === null) return wrong(messages.WRONG_TIMEOUT);
  const always = values.always === undefined ? undefined : readAlways(values.always);
  if (always === null) return wrong(messages.WRONG_ALWAYS);
  if (values.twin !== undefined && names.length + adapters.length > 1) return wrong(messages.TWIN_OF_ONE);
  const seed = number(values.seed, 0, HIGHEST_SEED);
  if (seed === null) return wrong(messages.WRONG_SEED);
  return {
    do: "run",
    names,
    adapters,
    only: values.only ?? [],
    jobs,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    asUser: values["as-user"],
    always,
    twin: values.twin,
    trace: !values["no-trace"],
    strict: values.strict ?? false,
    strictScope: values["strict-scope"] ?? false,
    expect: values.expect,
    writeExpect: values["write-expect"],
    reports,
    details: values.details ?? false,
    reproduce: values.reproduce,
    seed: seed ?? Math.floor(Math.random() * (HIGHEST_SEED + 1)),
  };
}

function wrong(complaint: Message): Command {
  return { do: "complain", complaint };
}

/** Splits `a=b` into a and b; b is undefined where there is no `=`. */
function split(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Reads `restrict-file,deny-interactive`, or one of them; gives null for anything else. */
function readAlways(text: string): Enforced[] | null {
  const named = text.split(",");
  const known = ENFORCED.filter((each) => named.includes(each));
  return known.length === named.length ? known : null;
}

function readReports(texts: readonly string[]): Report[] | { complaint: Message } {
  const reports: Report[] = [];
  for (const [name, file] of texts.map(split)) {
    const kind = REPORT_KINDS.find((each) => each === name);
    if (kind === undefined) return { complaint: messages.noSuchReport(name) };
    if (file === "") return { complaint: messages.reportWithoutFile(kind) };
    if (file !== undefined && reports.some((each) => each.file === file))
      return { complaint: messages.twoReportsInto(file) };
    reports.push({ kind, file });
  }
  if (reports.filter(({ file }) => file === undefined).length > 1)
    return { complaint: messages.ONE_STANDARD_OUTPUT };
  return reports;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        adapter: { type: "string", multiple: true },
        list: { type: "boolean" },
        only: { type: "string", multiple: true },
        jobs: { type: "string", short: "j" },
        timeout: { type: "string" },
        "as-user": { type: "string" },
        always: { type: "string" },
        twin: { type: "string" },
        "no-trace": { type: "boolean" },
        strict: { type: "boolean" },
        "strict-scope": { type: "boolean" },
        expect: { type: "string" },
        "write-expect": { type: "string" },
        report: { type: "string", multiple: true },
        seed: { type: "string" },
        details: { type: "boolean" },
        reproduce: { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    return { complaint: messages.wrongOption((error as Error).message.split(". ", 1)[0] as string) };
  }
}

/** Reads a number; gives undefined where there is none, and null where it is not a number in the range. */
function number(text: string | undefined, least: number, most: number): number | undefined | null {
  if (text === undefined) return undefined;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null;
}
