/**
 * Reads what `strace -f -y -X raw -v -xx` writes. A line that is not understood is put aside, and not guessed
 * at.
 */

/** One system call, from its first line to its last. */
export interface Call {
  readonly pid: number;
  readonly name: string;
  /** The arguments as strace wrote them. */
  readonly args: readonly string[];
  readonly result: string;
  /** The numbers of the lines on which it began and ended: the order in which things happened. */
  readonly began: number;
  readonly ended: number;
}

/** A log as it was read. */
export interface StraceLog {
  /** In the order in which they ended. A call that never ended is left out. */
  readonly calls: readonly Call[];
  /** The lines that are not understood. No verdict may rest on a log that has any. */
  readonly strange: readonly string[];
}

const BEGUN = /^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^(\d+)\s+<\.\.\. (\w+) resumed>(.*)\)\s+= (.*)$/s;
const WHOLE = /^(\d+)\s+(\w+)\((.*)\)\s+= (.*)$/s;
/** A signal; the end of a process, or of its threads by execve; a call whose process ended before the call did. */
const NO_CALL =
  /^\d+\s+(---.*---|\+\+\+.*\+\+\+|(<\.\.\. \w+ resumed>|\w+\().* <unfinished \.\.\.>\)?\s+= \?)$/;

/** Reads a log. */
export function readStraceLog(log: string): StraceLog {
  const calls: Call[] = [];
  const strange: string[] = [];
  const open = new Map<string, { args: string; began: number }>();
  const lines = log.split("\n");
  // What follows the last newline is a line that was cut off.
  const rest = lines.pop();
  if (rest !== undefined && rest !== "") strange.push(rest);
  for (const [at, line] of lines.entries()) {
    if (NO_CALL.test(line)) continue;
    const begun = BEGUN.exec(line);
    if (begun !== null) {
      open.set(`${begun[1]} ${begun[2]}`, { args: begun[3] as string, began: at });
      continue;
    }
    const resumed = RESUMED.exec(line);
    const match = resumed ?? WHOLE.exec(line);
    if (match === null) {
      strange.push(line);
      continue;
    }
    const [, pid, name, text, result] = match as unknown as [string, string, string, string, string];
    const first = resumed === null ? { args: "", began: at } : open.get(`${pid} ${name}`);
    if (resumed !== null) open.delete(`${pid} ${name}`);
    const args = splitArguments((first?.args ?? "") + text);
    if (first === undefined || args === undefined || !RESULT.test(result)) strange.push(line);
    else calls.push({ pid: Number(pid), name, args, result: result.trim(), began: first.began, ended: at });
  }
  return { calls, strange };
}

/**
 * What comes from the traced process: with -xx, it contains no quote and no bracket. A string is a whole argument, element
 * or field; what a descriptor refers to follows it directly.
 */
const SHOWN_TEXT =
  /(?<=^|, |[[{(=])"(?:\\x[0-9a-f]{2})*"(?:\.\.\.)?(?=$|[,\]})])|(?<=\w)<(?:\\x[0-9a-f]{2})*>(?!\w)/g;
/** What arguments consist of besides: numbers, names, punctuation, and `=>` before what a call has changed. */
const PLAIN = /^(?:[\w\s()[\]{}=|,.~&*/?:@+-]|=>)*$/;
const RESULT = /^(-?\w+|\?)(<(\\x[0-9a-f]{2})*>)?[\w\s()=|,.:'/-]*$/;

/** Splits at the commas outside of strings, lists and structures; gives undefined for text of another make. */
function splitArguments(text: string): string[] | undefined {
  if (!PLAIN.test(text.replaceAll(SHOWN_TEXT, ""))) return undefined;
  const args: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "[" || character === "{" || character === "(") depth++;
    else if (character === "]" || character === "}" || character === ")") depth--;
    else if (character === "," && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  if (depth !== 0) return undefined;
  const last = text.slice(from).trim();
  return last === "" && args.length === 0 ? [] : [...args, last];
}

/** A descriptor, and what strace says it is: a path, `pipe:[…]`, `socket:[…]`. */
export interface ShownDescriptor {
  readonly fd: number;
  readonly target: string;
}

/** Reads `3<\x2f…>`, as an argument or as a result. */
export function descriptorIn(text: string | undefined): ShownDescriptor | undefined {
  const match = /^(-?\d+)(?:<((?:\\x[0-9a-f]{2})*)>)?/.exec(text ?? "");
  if (match === null || match[2] === undefined) return undefined;
  return { fd: Number(match[1]), target: unhex(match[2]) };
}

/** The descriptors that a message carries, each as strace shows it: `cmsg_type=SCM_RIGHTS, cmsg_data=[3<\x2f…>]`. */
export function descriptorsPassed(message: string | undefined): string[] {
  const lists = (message ?? "").matchAll(/cmsg_level=0x1, cmsg_type=0x1, cmsg_data=\[([^\]]*)\]/g);
  return [...lists].flatMap(([, list]) => (list as string).split(", "));
}

/** Reads `"\x2f…"`; undefined for NULL and for an address. */
export function stringIn(text: string | undefined): string | undefined {
  const match = /^"((?:\\x[0-9a-f]{2})*)"/.exec(text ?? "");
  return match === null ? undefined : unhex(match[1] as string);
}

/** Reads a list of strings; undefined for NULL and for an address. */
export function stringsIn(text: string | undefined): string[] | undefined {
  if (text?.startsWith("[") !== true) return undefined;
  return [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => unhex(hex as string));
}

/** Reads a number in decimal, hexadecimal or octal; flags with bars (`0x1|17`) as their sum. */
export function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^(-?\d+|0x[0-9a-f]+)(\|(\d+|0x[0-9a-f]+))*(\s|<|$)/.test(text))
    return undefined;
  const numbers = (text.split(/[\s<]/, 1)[0] as string).split("|");
  return numbers.reduce((sum, each) => sum + Number(/^0\d/.test(each) ? `0o${each.slice(1)}` : each), 0);
}

function unhex(text: string): string {
  return Buffer.from(text.replaceAll("\\x", ""), "hex").toString("utf8");
}
