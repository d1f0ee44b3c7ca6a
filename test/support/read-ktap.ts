/** A strict reader of KTAP version 1: anything that its specification does not allow is an error. */
export interface KtapTest {
  readonly ok: boolean;
  readonly name: string;
  readonly directive: string | undefined;
  readonly said: string;
  readonly diagnostics: readonly string[];
  readonly subtests: readonly KtapTest[];
}

const RESULT = /^(ok|not ok) (\d+)(?: ([^#]*?))?(?: # (?:(SKIP|TODO|XFAIL|TIMEOUT|ERROR)(?: |$))?(.*))?$/;

/** Reads a whole document. */
export function readKtap(text: string): KtapTest[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const lines = text.slice(0, -1).split("\n");
  const { tests, next } = readLevel(lines, 0, "");
  if (next !== lines.length) throw new Error(`line ${next + 1} belongs to nothing: ${lines[next]}`);
  return tests;
}

function readLevel(
  lines: readonly string[],
  from: number,
  indent: string,
): { tests: KtapTest[]; next: number } {
  const own = (at: number) => {
    const line = lines[at];
    return line?.startsWith(indent) ? line.slice(indent.length) : undefined;
  };
  let at = from;
  if (own(at++) !== "KTAP version 1") throw new Error(`line ${at}: no version`);
  while (own(at)?.startsWith("# ")) at++;
  const plan = /^1\.\.(\d+)$/.exec(own(at++) ?? "");
  if (plan === null) throw new Error(`line ${at}: no plan`);
  const tests: KtapTest[] = [];
  let diagnostics: string[] = [];
  let subtests: KtapTest[] = [];
  while (tests.length < Number(plan[1])) {
    const line = own(at);
    if (line === undefined) throw new Error(`line ${at + 1}: ${tests.length} of ${plan[1]} tests are there`);
    if (line === "  KTAP version 1") {
      const level = readLevel(lines, at, `${indent}  `);
      subtests = level.tests;
      at = level.next;
    } else if (line.startsWith("# ")) {
      diagnostics.push(line.slice(2));
      at++;
    } else {
      const result = RESULT.exec(line);
      if (result === null) throw new Error(`line ${at + 1} is not a result: ${line}`);
      const [, ok, number, name = "", directive, said = ""] = result;
      if (Number(number) !== tests.length + 1)
        throw new Error(`line ${at + 1}: not the next number: ${line}`);
      tests.push({ ok: ok === "ok", name, directive, said, diagnostics, subtests });
      diagnostics = [];
      subtests = [];
      at++;
    }
  }
  return { tests, next: at };
}
