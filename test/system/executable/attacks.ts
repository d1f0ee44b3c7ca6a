/**
 * Attacks on the executable through its host, one a row. On the executable none may gain anything. Those that are known
 * to work on a host that is not hardened are also tried on such a build, where they must succeed: so each is a real one.
 */
import type { Den } from "./den.ts";

/** What a successful attack gains. */
export type Gain = "code ran" | "a file was written" | "a port was opened";

export interface Attack {
  readonly what: string;
  readonly env?: (den: Den) => Readonly<Record<string, string>>;
  /** Arguments before the victim's script. */
  readonly options?: (den: Den) => readonly string[];
  /** Arguments after it. */
  readonly args?: (den: Den) => readonly string[];
  readonly argv0?: (den: Den) => string;
  /** The victim's script. */
  readonly script?: "victim.inc" | "greedy.inc";
  /** What it gains on the build that is not hardened; absent where it is not known to gain anything there. */
  readonly gain?: Gain;
  /** How the executable ends: by default it runs the victim's script as usual. `usage`: inc does not know the option. */
  readonly ends?: "usage";
}

/** For a name of the attempt: paths as they stand in the den. */
const SHOWN: Den = { folder: ".", at: (name) => name, wasRun: () => false, added: () => [] };

/** NODE_OPTIONS. The last row would keep Node from starting, and so shows that it is not read at all. */
const NODE_OPTIONS: readonly Attack[] = [
  nodeOptions((den) => `--require ${den.at("payload.cjs")}`, "code ran"),
  nodeOptions((den) => `-r ${den.at("payload.cjs")}`, "code ran"),
  nodeOptions((den) => `--import ${den.at("payload.mjs")}`),
  nodeOptions((den) => `--experimental-loader ${den.at("payload.mjs")}`),
  nodeOptions((den) => `--openssl-config=${den.at("openssl.cnf")}`, "code ran"),
  nodeOptions((den) => `--openssl-shared-config --openssl-config=${den.at("openssl.cnf")}`, "code ran"),
  nodeOptions(() => "--inspect=0", "a port was opened"),
  nodeOptions(() => "--inspect-brk=0", "a port was opened"),
  nodeOptions(() => "--inspect-wait=0", "a port was opened"),
  nodeOptions((den) => `--cpu-prof --cpu-prof-dir=${den.at("tmp")}`, "a file was written"),
  nodeOptions((den) => `--heap-prof --heap-prof-dir=${den.at("tmp")}`, "a file was written"),
  nodeOptions(() => "--trace-event-categories=v8", "a file was written"),
  nodeOptions(
    (den) => `--trace-event-categories=v8 --trace-event-file-pattern=${den.at("tmp/events")}`,
    "a file was written",
  ),
  nodeOptions(() => "--perf-basic-prof", "a file was written"),
  nodeOptions(() => "--perf-prof", "a file was written"),
  {
    ...nodeOptions(
      (den) => `--max-old-space-size=8 --heapsnapshot-near-heap-limit=1 --diagnostic-dir=${den.at("tmp")}`,
      "a file was written",
    ),
    script: "greedy.inc",
  },
  {
    ...nodeOptions(
      (den) => `--max-old-space-size=8 --report-on-fatalerror --report-directory=${den.at("tmp")}`,
      "a file was written",
    ),
    script: "greedy.inc",
  },
  // Frozen intrinsics, because Node warns of them.
  nodeOptions(
    (den) => `--redirect-warnings=${den.at("tmp/warnings")} --frozen-intrinsics`,
    "a file was written",
  ),
  nodeOptions((den) => `--report-uncaught-exception --report-directory=${den.at("tmp")}`),
  nodeOptions(
    (den) => `--heapsnapshot-signal=SIGUSR1 --report-on-signal --report-directory=${den.at("tmp")}`,
  ),
  nodeOptions((den) => `--experimental-config-file=${den.at("node.config.json")}`),
  nodeOptions((den) => `--experimental-webstorage --localstorage-file=${den.at("tmp/storage")}`),
  nodeOptions((den) => `--icu-data-dir=${den.folder}`),
  nodeOptions((den) => `--snapshot-blob=${den.at("payload.cjs")}`),
  nodeOptions((den) => `--tls-keylog=${den.at("tmp/keys")}`),
  nodeOptions(() => "--no-addons"),
  nodeOptions(() => "--no-such-option"),
];

/** Variables that Node, or what is inside Node, reads. */
const VARIABLES: readonly Attack[] = [
  variable("NODE_PATH", (den) => den.at("node_modules")),
  variable("NODE_REPL_EXTERNAL_MODULE", (den) => den.at("payload.cjs")),
  variable("NODE_V8_COVERAGE", (den) => den.at("tmp/coverage"), "a file was written"),
  variable("NODE_COMPILE_CACHE", (den) => den.at("tmp/cache"), "a file was written"),
  variable("NODE_EXTRA_CA_CERTS", (den) => den.at("payload.cjs")),
  variable("NODE_ICU_DATA", (den) => den.folder),
  {
    what: "NODE_REDIRECT_WARNINGS, with something that Node warns of",
    env: (den) => ({ NODE_REDIRECT_WARNINGS: den.at("tmp/warnings"), NODE_OPTIONS: "--frozen-intrinsics" }),
    gain: "a file was written",
  },
  variable("NODE_NO_WARNINGS", () => "1"),
  variable("NODE_PRESERVE_SYMLINKS", () => "1"),
  variable("NODE_PRESERVE_SYMLINKS_MAIN", () => "1"),
  variable("NODE_PENDING_DEPRECATION", () => "1"),
  variable("NODE_TEST_CONTEXT", () => "child-v8"),
  variable("NODE_UNIQUE_ID", () => "1"),
  variable("NODE_REPL_HISTORY", (den) => den.at("tmp/history")),
  variable("NODE_DEBUG_NATIVE", () => "ALL"),
  variable("NODE_DEBUG", () => "*"),
  variable("NODE_USE_ENV_PROXY", () => "1"),
  variable("NODE_USE_SYSTEM_CA", () => "1"),
  variable("NODE_TLS_REJECT_UNAUTHORIZED", () => "0"),
  variable("NODE_COMPILE_CACHE_PORTABLE", () => "1"),
  variable("NODE_INSPECT_RESUME_ON_START", () => "1"),
  variable("WATCH_REPORT_DEPENDENCIES", () => "1"),
  variable("OPENSSL_CONF", (den) => den.at("openssl.cnf"), "code ran"),
  variable("OPENSSL_CONF_INCLUDE", (den) => den.folder),
  variable("OPENSSL_MODULES", (den) => den.folder),
  variable("OPENSSL_ENGINES", (den) => den.folder),
  variable("OPENSSL_ia32cap", () => ":0"),
  variable("SSL_CERT_FILE", (den) => den.at("payload.cjs")),
  variable("SSL_CERT_DIR", (den) => den.folder),
  variable("SSLKEYLOGFILE", (den) => den.at("tmp/keys")),
  variable("QLOGDIR", (den) => den.at("tmp")),
  variable("ICU_TIMEZONE_FILES_DIR", (den) => den.folder),
  // A feature that no processor has: Node would stop at its start.
  variable("SIMDUTF_FORCE_IMPLEMENTATION", () => "none"),
  variable("NO_COLOR", () => "1"),
  variable("FORCE_COLOR", () => "1"),
  variable("TERM", (den) => den.folder),
  { what: "LC_ALL, LC_MESSAGES, LANG", env: (den) => ({ LC_ALL: den.folder, LC_MESSAGES: "x", LANG: "x" }) },
  variable("UV_USE_IO_URING", () => "1"),
  variable("UV_THREADPOOL_SIZE", () => "1024"),
  variable("GCONV_PATH", (den) => den.folder),
  variable("LOCPATH", (den) => den.folder),
  variable("NOTIFY_SOCKET", (den) => den.at("tmp/socket")),
  {
    what: "koffi's debug flags, and the folders that its wrapper would look in",
    env: (den) => ({ DEBUG_ASYNC: "1", LOG_TIMES: "1", OVERRIDE_CORES: "1", XDG_CACHE_HOME: den.folder }),
  },
];

/** Every variable that pkg's own code, or a program it has packed in another mode, reads. */
const PKG: readonly Attack[] = [
  { PKG_EXECPATH: "", PKG_DUMMY_ENTRYPOINT: "1" },
  { PKG_EXECPATH: "PKG_INVOKE_NODEJS" },
  { PKG_INVOKE_NODEJS: "1" },
  { PKG_NATIVE_CACHE_PATH: "den", PKG_NATIVE_CACHE_BASE: "den", PKG_CACHE_PATH: "den" },
  { PKG_NODE_PATH: "den", PKG_BUILD_PATH: "den", PKG_OUTPUT: "den" },
  { PKG_STRICT_VER: "1", PKG_PERF: "1", PKG_KEYS: "1", PKG_IGNORE_TAG: "1", PKG_FETCH_OPTION_: "1" },
  { PKG_TRACE_READONLY_HEAP: "1", DEBUG_PKG: "2", DEBUG_PKG_PERF: "1" },
  { SIZE_LIMIT_PKG: "1", FOLDER_LIMIT_PKG: "1", CHDIR: "den", STRIP: "den" },
].map((given) => ({
  what: Object.keys(given).join(", "),
  env: (den) =>
    Object.fromEntries(Object.entries(given).map(([name, as]) => [name, as === "den" ? den.folder : as])),
}));

/** Node's own options as the program's arguments: inc does not know them, or gives them its own meaning. */
const OPTIONS: readonly Attack[] = [
  option(() => ["--inspect=0"]),
  option(() => ["--inspect-brk=0"]),
  option((den) => ["--require", den.at("payload.cjs")]),
  option((den) => ["-r", den.at("payload.cjs")]),
  option((den) => ["--import", den.at("payload.mjs")]),
  option((den) => [`--node-options=--require=${den.at("payload.cjs")}`]),
  option((den) => [`--openssl-config=${den.at("openssl.cnf")}`]),
  option((den) => ["--eval", `require("${den.at("payload.cjs")}")`]),
  option((den) => ["-e", `require("${den.at("payload.cjs")}")`]),
  option((den) => ["-pe", `require("${den.at("payload.cjs")}")`]),
  option((den) => ["--env-file", den.at(".env")], "code ran"),
  option((den) => [`--env-file-if-exists=${den.at(".env")}`], "code ran"),
  option((den) => ["--experimental-sea-config", den.at("package.json")]),
  option((den) => ["--build-snapshot", den.at("payload.cjs")]),
  option((den) => ["--snapshot-blob", den.at("payload.cjs")]),
  option(() => ["--experimental-default-config-file"], "code ran"),
  option((den) => [`--experimental-config-file=${den.at("node.config.json")}`], "code ran"),
  option(() => ["--run", "main"]),
  option(() => ["--test"]),
  option(() => ["--watch"]),
  option(() => ["--cpu-prof"]),
  option(() => ["--expose-gc"]),
  option(() => ["--allow-natives-syntax"]),
  option(() => ["--v8-options"]),
  option(() => ["--prof-process"]),
  option(() => ["--interactive"]),
];

/** The same as the script's arguments: Node looks for some of its options in all of them. */
const ARGUMENTS: readonly Attack[] = [
  argument((den) => `--experimental-config-file=${den.at("node.config.json")}`, "code ran"),
  argument((den) => `--experimental-config-file=${den.at("missing")}`),
  argument(() => "--experimental-default-config-file", "code ran"),
  argument((den) => `--env-file=${den.at(".env")}`, "code ran"),
  argument(() => "--inspect=0"),
  argument((den) => `--node-options=--require=${den.at("payload.cjs")}`),
];

/** argv[0]: the caller chooses it, and Node includes it where it reads its options. */
const NAMES: readonly Attack[] = [
  named(() => "--inspect=0", "a port was opened"),
  named((den) => `--require=${den.at("payload.cjs")}`, "code ran"),
  named((den) => `--openssl-config=${den.at("openssl.cnf")}`, "code ran"),
  named(() => "--cpu-prof", "a file was written"),
  ...[
    "",
    "-",
    "--",
    "-inc",
    "-e",
    "--version",
    "node",
    "/",
    ".",
    "..",
    "__proto__",
    "constructor",
    "a b\n",
  ].map((name) => named(() => name)),
  { what: "argv[0] of 100,000 bytes", argv0: () => "x".repeat(100_000) },
];

export const ATTACKS: readonly Attack[] = [
  ...NODE_OPTIONS,
  ...VARIABLES,
  ...PKG,
  ...OPTIONS,
  ...ARGUMENTS,
  ...NAMES,
];

/** Every variable that an attempt sets. */
export const TRIED: ReadonlySet<string> = new Set(
  ATTACKS.flatMap(({ env }) => Object.keys(env?.(SHOWN) ?? {})),
);

function nodeOptions(value: (den: Den) => string, gain?: Gain): Attack {
  return {
    what: `NODE_OPTIONS="${value(SHOWN)}"`,
    env: (den) => ({ NODE_OPTIONS: value(den) }),
    ...(gain && { gain }),
  };
}

function variable(name: string, value: (den: Den) => string, gain?: Gain): Attack {
  return { what: name, env: (den) => ({ [name]: value(den) }), ...(gain && { gain }) };
}

function option(options: (den: Den) => readonly string[], gain?: Gain): Attack {
  return { what: `inc ${options(SHOWN).join(" ")}`, options, ends: "usage", ...(gain && { gain }) };
}

function argument(value: (den: Den) => string, gain?: Gain): Attack {
  return { what: `inc victim.inc ${value(SHOWN)}`, args: (den) => [value(den)], ...(gain && { gain }) };
}

function named(argv0: (den: Den) => string, gain?: Gain): Attack {
  return { what: `argv[0] is ${JSON.stringify(argv0(SHOWN))}`, argv0, ...(gain && { gain }) };
}
