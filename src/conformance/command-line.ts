import { parseArgs } from "node:util";

export const REPORTS = ["ktap", "junit", "json", "html", "badge"] as const;
export type ReportKind = (typeof REPORTS)[number];

export interface Report {
  readonly kind: ReportKind;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

export interface RunCommand {
  readonly do: "run";
  /** A shipped adapter, and the program to judge instead of its own. */
  readonly names: readonly { name: string; program: string | undefined }[];
  /** Files that hold adapters. */
  readonly adapters: readonly { file: string; program: string | undefined }[];
  readonly only: readonly string[];
  readonly jobs: number | undefined;
  readonly timeoutMs: number;
  readonly asUser: string | undefined;
  readonly trace: boolean;
  readonly strict: boolean;
  readonly expect: string | undefined;
  readonly reports: readonly Report[];
  readonly details: boolean;
}

export type Command =
  | RunCommand
  | { readonly do: "list" | "help" | "version" }
  | { readonly do: "confine"; readonly folder: string; readonly argv: readonly string[] }
  | { readonly do: "complain"; readonly about: string };

const DEFAULT_TIMEOUT_S = 10;

/** Reads the command line. */
export function parseCommandLine(args: readonly string[]): Command {
  if (args[0] === "--in-landlock-domain" && args[1] !== undefined && args[2] === "--" && args.length > 3) {
    return { do: "confine", folder: args[1], argv: args.slice(3) };
  }
  const parsed = parse(args);
  if ("complaint" in parsed) return { do: "complain", about: parsed.complaint };
  const { values, positionals } = parsed;
  if (values.help) return { do: "help" };
  if (values.version) return { do: "version" };
  if (values.list) return { do: "list" };
  const split = (text: string) => {
    const at = text.indexOf("=");
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  };
  const names = positionals.map((text) => {
    const [name, program] = split(text);
    return { name: name as string, program };
  });
  const adapters = (values.adapter ?? []).map((text) => {
    const [file, program] = split(text);
    return { file: file as string, program };
  });
  if (names.length + adapters.length === 0) return { do: "complain", about: "name an interpreter to judge" };
  const reports: Report[] = [];
  for (const text of values.report ?? []) {
    const [kind, file] = split(text);
    if (!REPORTS.includes(kind as ReportKind))
      return { do: "complain", about: `no report is called ${kind}: there are ${REPORTS.join(", ")}` };
    if (file === "") return { do: "complain", about: `--report ${kind}= wants the name of a file` };
    if (file !== undefined && reports.some((each) => each.file === file))
      return { do: "complain", about: `two reports cannot go to one file: ${file}` };
    reports.push({ kind: kind as ReportKind, file });
  }
  if (reports.filter(({ file }) => file === undefined).length > 1)
    return { do: "complain", about: "only one report can go to standard output: give the others a file" };
  const jobs = number(values.jobs, 1, 64);
  if (jobs === null) return { do: "complain", about: "--jobs takes a number from 1 to 64" };
  const timeout = number(values.timeout, 1, 600);
  if (timeout === null) return { do: "complain", about: "--timeout takes seconds, from 1 to 600" };
  return {
    do: "run",
    names,
    adapters,
    only: values.only ?? [],
    jobs,
    timeoutMs: (timeout ?? DEFAULT_TIMEOUT_S) * 1000,
    asUser: values["as-user"],
    trace: !values["no-trace"],
    strict: values.strict ?? false,
    expect: values.expect,
    reports,
    details: values.details ?? false,
  };
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
        "no-trace": { type: "boolean" },
        strict: { type: "boolean" },
        expect: { type: "string" },
        report: { type: "string", multiple: true },
        details: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    return { complaint: (error as Error).message.split(". ", 1)[0] as string };
  }
}

/** undefined if it is not given, null if it is none. */
function number(text: string | undefined, least: number, most: number): number | undefined | null {
  if (text === undefined) return undefined;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null;
}
