/**
 * All that the build changes in Node. Each edit sets a few bytes to NUL, and stops the build unless it finds exactly what it
 * expects. A test compares the executable with Node, byte by byte: it differs in these places alone.
 */
import { codeCacheTable } from "./code-cache-table.ts";

export interface NodeEdit {
  readonly what: string;
  /** `data` and `code`: of the binary. `snapshot`: of the snapshot that Node makes of itself and our program. */
  readonly where: "data" | "code" | "snapshot";
  readonly why: string;
  /** How many bytes become NUL at each place. */
  readonly bytes: number;
  /**
   * The places, as offsets in the file.
   *
   * @throws {Error} When they are not as expected: this is another Node than the edit was written for.
   */
  readonly find: (file: Buffer) => readonly number[];
}

/**
 * Environment variables that Node's C++, or a library inside it, asks for by getenv(3), whatever options are given. The first
 * byte of the name becomes NUL: getenv of an empty name finds nothing.
 */
const VARIABLES: Readonly<Record<string, string>> = {
  ICU_TIMEZONE_FILES_DIR: "ICU reads time zones from the folder that it names",
  NODE_COMPILE_CACHE: "Node makes the folder that it names, before any option counts",
  NODE_DEBUG_NATIVE: "Node writes what it does to standard error",
  NODE_EXTRA_CA_CERTS: "Node reads the file that it names",
  NODE_ICU_DATA: "ICU reads its data from the folder that it names",
  NODE_OPTIONS: "it holds options of Node's; SEA's own setting ignores it too, and this is the second lock",
  NODE_PENDING_DEPRECATION: "Node warns of more",
  NODE_REDIRECT_WARNINGS: "Node writes its warnings to the file that it names",
  NODE_REPL_EXTERNAL_MODULE: "Node does not start where it is set",
  NODE_USE_ENV_PROXY: "Node loads what connects through a proxy",
  NODE_USE_SYSTEM_CA: "Node reads the system's certificates",
  NODE_V8_COVERAGE: "Node makes the folder that it names, and files in it",
  OPENSSL_CONF:
    "OpenSSL loads a library that the file names; an option closes this too, and this is the second lock",
  SIMDUTF_FORCE_IMPLEMENTATION: "Node does not start where it names no instruction set",
};

/**
 * The options --experimental-config-file and --experimental-default-config-file, as the compiler has put them into comparing
 * instructions: mov of eight bytes of the text to one of the first eight registers. There are four: the first option alone
 * and with a value, and the second one, twice.
 */
const CONFIG_FILE = /[\x48\x49][\xb8-\xbf]--experi/g;
const CONFIG_FILE_COMPARISONS = 4;
const MOV_BYTES = 2;

export const NODE_EDITS: readonly NodeEdit[] = [
  ...Object.entries(VARIABLES).map(
    ([what, why]): NodeEdit => ({
      what,
      where: "data",
      why,
      bytes: 1,
      find: (node) => [onlyName(node, what)],
    }),
  ),
  {
    what: "--experimental-config-file",
    where: "code",
    why: "Node looks for it among a script's own arguments too, and reads the file that it names; the first byte of the text in the instructions becomes NUL, which no argument holds",
    bytes: 1,
    find: configFileComparisons,
  },
  {
    what: "the count of the table of compiled code",
    where: "snapshot",
    why: "Node copies 3.6 MB of bytecode at every start, of modules of its own that the program does not load",
    bytes: 8,
    find: codeCacheCount,
  },
];

/** Makes the edits of these kinds in a file. @throws {Error} When one of them does not find what it expects. */
export function editNode(file: Buffer, kinds: readonly NodeEdit["where"][]): Buffer {
  for (const { where, bytes, find } of NODE_EDITS) {
    if (kinds.includes(where)) for (const place of find(file)) file.fill(0, place, place + bytes);
  }
  return file;
}

/** Where the one C string begins that is this name. Strings of JavaScript stand behind their length: they are others. */
function onlyName(node: Buffer, name: string): number {
  const text = Buffer.from(`${name}\0`);
  const places: number[] = [];
  for (let at = node.indexOf(text); at !== -1; at = node.indexOf(text, at + 1)) {
    const isEndOfAnother = /[\w -]/.test(String.fromCharCode(node[at - 1] as number));
    if (!isEndOfAnother && node.readUInt32LE(at - 4) !== name.length) places.push(at);
  }
  const [place, ...others] = places;
  if (place === undefined || others.length > 0)
    throw new Error(`Node does not hold ${name} once, as expected`);
  return place;
}

function configFileComparisons(node: Buffer): number[] {
  // On other processors the option is still heard: a file is read, to no avail.
  if (process.arch !== "x64") return [];
  const comparisons = [...node.toString("latin1").matchAll(CONFIG_FILE)];
  if (comparisons.length !== CONFIG_FILE_COMPARISONS)
    throw new Error("Node compares its options otherwise than expected");
  return comparisons.map(({ index }) => index + MOV_BYTES);
}

function codeCacheCount(executable: Buffer): number[] {
  const { countAt, entries } = codeCacheTable(executable);
  if (executable.readBigUInt64LE(countAt) !== BigInt(entries))
    throw new Error("the snapshot does not count its table of compiled code as expected");
  return [countAt];
}
