/** The calculators of examples/enlighten, and how Debian's compilers build them. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const EXAMPLES: string = resolve(import.meta.dirname, "../examples/enlighten");

/** `calc` is the calculator, `threads` a test of what the language does about threads. */
export type Source = "calc" | "threads";

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

/** Every language once, by its usual compiler. */
export const ONE_A_LANGUAGE: readonly Build[] = BUILDS.filter(({ name }) => !name.startsWith("C, "));

/** What the judge calls them. */
export const CALCULATORS: readonly string[] = ONE_A_LANGUAGE.map(({ language }) => `calc-${language}`);

/** Builds them in a folder; gives the adapters of those whose compiler is here, each beside its program. */
export function calculatorAdapters(folder: string): string[] {
  return ONE_A_LANGUAGE.filter(({ compiler }) => existsSync(compiler)).map(
    ({ language, compiler, compile }) => {
      const cwd = join(folder, language);
      cpSync(join(EXAMPLES, language), cwd, { recursive: true });
      if (compile !== undefined) runCompiler(compiler, compile("calc"), cwd, join(folder, "go-cache"));
      return join(cwd, "calc.json");
    },
  );
}

/**
 * Compiles in a folder.
 *
 * @param goCache Where Go keeps its cache, which is as large as a library.
 * @throws {Error} With what the compiler said, a warning among others.
 */
export function runCompiler(compiler: string, args: readonly string[], cwd: string, goCache: string): void {
  // Go without cgo wants no C compiler.
  const env = { ...process.env, CGO_ENABLED: "0", GOCACHE: goCache };
  const { status, stderr } = spawnSync(compiler, args, { cwd, env, encoding: "utf8" });
  if (status !== 0 || stderr !== "") throw new Error(`${compiler}: ${stderr}`);
}
