/** The kit as it is published, in one file, and the test's own interpreters. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, type TestContext } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { addonPath } from "../../../src/linux/addon.ts";
import { skipWithReason } from "../../support/skip.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
export const SUBJECT_ADAPTER: string = join(import.meta.dirname, "subject/subject.json");

/** A folder that every user can reach, for as long as the file's tests run. */
export const scratch: string = mkdtempSync(join(tmpdir(), "exec-conformance-test-"));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true }));

/** The program, with set-exec beside it. For coverage it is the source, whose use is counted. */
export const KIT: string =
  process.env.NODE_V8_COVERAGE === undefined
    ? bundle("conformance", "exec-conformance")
    : join(ROOT, "src/conformance/bin.ts");
if (KIT.startsWith(scratch)) bundle("set-exec", "set-exec");

function bundle(room: string, name: string): string {
  const addon = join(scratch, "koffi.node");
  const outfile = join(scratch, `${name}.js`);
  copyFileSync(addonPath(), addon);
  buildSync({
    entryPoints: [join(ROOT, `src/${room}/bin.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    external: ["koffi"],
    define: { KOFFI_ADDON: JSON.stringify(addon) },
  });
  return outfile;
}

export interface KitOutcome {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the kit; or `program` in its place. */
export function kit(
  args: readonly string[],
  options: { env?: Record<string, string>; uid?: number; gid?: number; program?: string } = {},
): Promise<KitOutcome> {
  const { env, program, ...user } = options;
  const [command, first] = program === undefined ? [process.execPath, [KIT]] : [program, []];
  const child = spawn(command, [...first, ...args], {
    cwd: "/",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => (stdout += text));
  child.stderr.on("data", (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** Runs the kit and reads its report. */
export async function judged(
  args: readonly string[],
  options: { program?: string; env?: Record<string, string> } = {},
): Promise<JsonReport> {
  const { status, stdout, stderr } = await kit([...args, "--report", "json"], options);
  if (status !== 0 && status !== 1) throw new Error(`the kit ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as JsonReport;
}

/** The ids with this verdict, sorted. */
export function idsWith(report: JsonReport, verdict: string): string[] {
  return (report.interpreters[0]?.requirements ?? [])
    .filter((each) => each.verdict === verdict)
    .map(({ id }) => id)
    .sort();
}

/** Compiles subject.c with one macro. */
export function subject(context: TestContext, defect: string): string {
  const output = join(scratch, defect.toLowerCase());
  const source = join(import.meta.dirname, "subject/subject.c");
  const { status, stderr, error } = spawnSync(
    "gcc",
    ["-O1", "-Wall", "-Werror", "-pthread", `-D${defect}`, "-o", output, source],
    { encoding: "utf8" },
  );
  if (error !== undefined) skipWithReason(context, `there is no gcc: ${error.message}`);
  if (status !== 0) throw new Error(stderr);
  return output;
}

/** Skips unless the kit can do everything here, for which it needs root and a tracer. */
export function needsEverything(context: TestContext): void {
  if (process.getuid?.() !== 0) skipWithReason(context, "this needs root");
  needsStrace(context);
}

/** Skips where strace does not work. */
export function needsStrace(context: TestContext): void {
  const { status } = spawnSync("strace", ["-o", "/dev/null", "true"]);
  if (status !== 0) skipWithReason(context, "strace does not work here");
}
