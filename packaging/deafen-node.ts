/**
 * Variables that Node's C++ asks for before any JavaScript runs, and that no option keeps it from: its own, and those of
 * what is inside it. The first two make folders, and files; some stop the start; the others change how it goes, or name
 * files to be read.
 */
const VARIABLES = [
  "NODE_COMPILE_CACHE",
  "NODE_V8_COVERAGE",
  "NODE_REPL_EXTERNAL_MODULE",
  "SIMDUTF_FORCE_IMPLEMENTATION",
  "ICU_TIMEZONE_FILES_DIR",
  "NODE_DEBUG_NATIVE",
  "NODE_EXTRA_CA_CERTS",
  "NODE_ICU_DATA",
  "NODE_OPTIONS",
  "NODE_PENDING_DEPRECATION",
  "NODE_REDIRECT_WARNINGS",
  "NODE_USE_ENV_PROXY",
  "NODE_USE_SYSTEM_CA",
  "OPENSSL_CONF",
];

/**
 * --experimental-config-file and --experimental-default-config-file are looked for in all arguments, a script's own ones
 * too, whatever stands before them. The file that they name is read, and can stop the start; on an open host, it loads
 * code. The compiler has put the text into the comparing instructions: mov, to one of the first eight registers, of eight
 * bytes; once for the one option, alone and with a value, and once for the other.
 */
const CONFIG_FILE = /[\x48\x49][\xb8-\xbf]--experi/g;
const CONFIG_FILE_COMPARISONS = 4;
const MOV_BYTES = 2;

/**
 * A Node that is deaf to these: the texts begin with a NUL then, which is in no argument, and makes of the name of a
 * variable an empty one, which none has.
 *
 * @throws {Error} When they are not where they are expected: this is another Node than it was written for.
 */
export function deafenNode(node: Buffer): Buffer {
  for (const name of VARIABLES) {
    const [place, ...others] = literals(node, name);
    if (place === undefined || others.length > 0)
      throw new Error(`Node does not hold ${name} once, as expected`);
    node[place] = 0;
  }
  // On other processors the option is still heard: a file is read, to no avail.
  if (process.arch === "x64") {
    const comparisons = [...node.toString("latin1").matchAll(CONFIG_FILE)];
    if (comparisons.length !== CONFIG_FILE_COMPARISONS)
      throw new Error("Node compares its options otherwise");
    for (const { index } of comparisons) node[index + MOV_BYTES] = 0;
  }
  return node;
}

/** Where a C string begins. Strings of JavaScript, in Node's own snapshot, come behind their length: these stay. */
function literals(node: Buffer, name: string): number[] {
  const places: number[] = [];
  const text = Buffer.from(`${name}\0`);
  for (let at = node.indexOf(text); at !== -1; at = node.indexOf(text, at + 1)) {
    const isEndOfAnother = /[\w -]/.test(String.fromCharCode(node[at - 1] as number));
    if (!isEndOfAnother && node.readUInt32LE(at - 4) !== name.length) places.push(at);
  }
  return places;
}
