/**
 * Reads what `strace -f -y -X raw -v -xx` writes. A line that is not understood is left out: it is never taken for
 * something that it might have been.
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

const BEGUN = /^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^(\d+)\s+<\.\.\. (\w+) resumed>(.*)\)\s+= (.*)$/s;
const WHOLE = /^(\d+)\s+(\w+)\((.*)\)\s+= (.*)$/s;

/** The calls of a log, by the line on which each ended; one that never ended is not there. */
export function readStraceLog(log: string): Call[] {
  const calls: Call[] = [];
  const open = new Map<string, { args: string; began: number }>();
  for (const [at, line] of log.split("\n").entries()) {
    const begun = BEGUN.exec(line);
    if (begun !== null) {
      open.set(`${begun[1]} ${begun[2]}`, { args: begun[3] as string, began: at });
      continue;
    }
    const resumed = RESUMED.exec(line);
    if (resumed !== null) {
      const [, pid, name, rest, result] = resumed as unknown as [string, string, string, string, string];
      const first = open.get(`${pid} ${name}`);
      if (first === undefined) continue;
      open.delete(`${pid} ${name}`);
      const args = splitArguments(first.args + rest);
      calls.push({ pid: Number(pid), name, args, result, began: first.began, ended: at });
      continue;
    }
    const whole = WHOLE.exec(line);
    if (whole !== null) {
      const [, pid, name, args, result] = whole as unknown as [string, string, string, string, string];
      calls.push({
        pid: Number(pid),
        name,
        args: splitArguments(args),
        result: result.trim(),
        began: at,
        ended: at,
      });
    }
  }
  return calls;
}

/** At the commas outside of strings, lists and structures. With -xx a string holds no quote but its own. */
function splitArguments(text: string): string[] {
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

/** A number in decimal, hexadecimal or octal; or'ed ones (`0x1|17`) as their sum. */
export function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^(-?\d+|0x[0-9a-f]+)(\|(\d+|0x[0-9a-f]+))*(\s|<|$)/.test(text))
    return undefined;
  const numbers = (text.split(/[\s<]/, 1)[0] as string).split("|");
  return numbers.reduce((sum, each) => sum + Number(/^0\d/.test(each) ? `0o${each.slice(1)}` : each), 0);
}

function unhex(text: string): string {
  return Buffer.from(text.replaceAll("\\x", ""), "hex").toString("utf8");
}
