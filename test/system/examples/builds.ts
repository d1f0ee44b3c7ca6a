/** The calculators of examples/enlighten, built with Debian's compilers, in a folder that every user can reach. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, type TestContext } from "vitest";
import { skipWithReason } from "../../support/skip.ts";

export const EXAMPLES: string = resolve(import.meta.dirname, "../../../examples/enlighten");

/** `calc` is the calculator, `threads` this folder's test of what the language does about threads. */
type Source = "calc" | "threads";

export interface Build {
  readonly name: string;
  readonly language: "c" | "go" | "python" | "rust";
  /** By its path: what comes first in PATH may be where an ordinary user cannot go. */
  readonly compiler: string;
  /** The Debian package that holds the compiler. */
  readonly package: string;
  /** The compiler's arguments; without, the source itself is the program. */
  readonly compile?: (source: Source) => readonly string[];
}

const fromC = (source: Source) =>
  ["-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", source, `${source}.c`] as const;

export const BUILDS: readonly Build[] = [
  { name: "C", language: "c", compiler: "/usr/bin/gcc", package: "gcc", compile: fromC },
  {
    name: "C, musl",
    language: "c",
    compiler: "/usr/bin/musl-gcc",
    package: "musl-tools",
    compile: (source) => ["-static", ...fromC(source)],
  },
  {
    name: "C, 32 bits",
    language: "c",
    compiler: "/usr/bin/i686-linux-gnu-gcc",
    package: "gcc-i686-linux-gnu",
    compile: (source) => ["-static", ...fromC(source)],
  },
  { name: "Python", language: "python", compiler: "/usr/bin/python3", package: "python3" },
  {
    name: "Rust",
    language: "rust",
    compiler: "/usr/bin/rustc",
    package: "rustc",
    // A test of threads makes no use of what reads standard input.
    compile: (source) => [
      ...["--edition", "2021", "-O", "-D", "warnings"],
      ...(source === "threads" ? ["-A", "dead_code"] : []),
      `${source}.rs`,
    ],
  },
  {
    name: "Go",
    language: "go",
    compiler: "/usr/bin/go",
    package: "golang-go",
    compile: (source) => ["build", "-o", source, `${source}.go`, "enlighten.go"],
  },
];

const scratch = mkdtempSync(join(tmpdir(), "enlighten-test-"));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true }));

/** The program, built once a test file, or a skip where its compiler is missing or this machine cannot run it. */
export function built(context: TestContext, build: Build, source: Source = "calc"): string {
  if (!existsSync(build.compiler))
    skipWithReason(context, `there is no ${build.compiler}: Debian has it in ${build.package}`);
  const folder = join(scratch, build.name.replaceAll(/\W+/g, "-"));
  const program = join(folder, build.compile === undefined ? `${source}.py` : source);
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    cpSync(join(EXAMPLES, build.language), folder, { recursive: true });
    cpSync(join(import.meta.dirname, "threads"), folder, { recursive: true });
    if (build.compile !== undefined) compile(build.compiler, build.compile(source), folder);
    chmodSync(program, 0o755);
  }
  if (spawnSync(program, ["-c", "print 1"]).error !== undefined)
    skipWithReason(context, `this machine cannot run what ${build.compiler} makes`);
  return program;
}

function compile(compiler: string, args: readonly string[], folder: string): void {
  // Go without cgo wants no C compiler; its cache, which is as large as a library, goes with the folder.
  const env = { ...process.env, CGO_ENABLED: "0", GOCACHE: join(scratch, "go") };
  const { status, stderr } = spawnSync(compiler, args, { cwd: folder, env, encoding: "utf8" });
  if (status !== 0 || stderr !== "") throw new Error(`${compiler}: ${stderr}`);
}

/** The adapter of a build's language. */
export const adapterOf = ({ language }: Build): string => join(EXAMPLES, language, "calc.json");
