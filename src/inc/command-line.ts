import type { Origin } from "../exec-check/exec-check.ts";

/** Where the script is. */
export type Script =
  | { readonly from: "path"; readonly path: Buffer }
  | { readonly from: "stdin" }
  | { readonly from: "snippet"; readonly name: "-c"; readonly text: Buffer };

/** What to do with a script. */
export type Action = "run" | "check" | "ast" | "explain";

/** A script and what to do with it. */
export interface Task {
  readonly do: Action;
  readonly script: Script;
  /** The script's own arguments. */
  readonly args: readonly Buffer[];
}

/** What inc was asked to do. */
export type Command =
  | Task
  | { readonly do: "status" | "help" | "version" }
  | { readonly do: "complain"; readonly about: Complaint };

export type Complaint =
  | { readonly is: "unknown option"; readonly option: Buffer }
  | { readonly is: "no code" }
  | { readonly is: "options exclude each other"; readonly options: readonly [string, string] };

const ACTIONS: Readonly<Record<string, Action>> = {
  "-n": "check",
  "--check": "check",
  "--ast": "ast",
  "--explain": "explain",
};

const ANSWERS: Readonly<Record<string, "status" | "help" | "version">> = {
  "--status": "status",
  "--help": "help",
  "-h": "help",
  "--version": "version",
};

/**
 * Reads `inc [options] [script [args…]]`. Options end at the script, at `-`, behind `-c code`, or at `--`; the script gets
 * what follows. Single letters combine, and `-c` takes the rest of its word or else the next word, as with getopt(3).
 */
export function parseCommandLine(args: readonly Buffer[]): Command {
  let action: { do: Action; option: string } | undefined;
  let stdin = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as Buffer;
    // In Latin-1 each byte is one character, so that no byte is lost.
    const text = word.toString("latin1");
    if (text === "--") return operands(at + 1);
    if (!text.startsWith("-") || text === "-") return operands(at);
    const answer = ANSWERS[text];
    if (answer !== undefined) return { do: answer };
    for (const [option, rest] of optionsIn(text)) {
      if (option === "-i") stdin = true;
      else if (option === "-c") return snippet(at, word, rest);
      else {
        const chosen = ACTIONS[option];
        if (chosen === undefined) return complain({ is: "unknown option", option: word });
        if (action !== undefined && action.do !== chosen) return excluded(action.option, option);
        action = { do: chosen, option };
      }
    }
  }
  return operands(args.length);

  function operands(at: number): Command {
    const [first, ...rest] = args.slice(at);
    const isDash = first?.toString("latin1") === "-";
    if (first === undefined || isDash) return script({ from: "stdin" }, rest);
    return stdin ? script({ from: "stdin" }, args.slice(at)) : script({ from: "path", path: first }, rest);
  }

  function snippet(at: number, word: Buffer, rest: number): Command {
    if (stdin) return excluded("-c", "-i");
    const attached = rest < word.length;
    const code = attached ? word.subarray(rest) : args[at + 1];
    if (code === undefined) return complain({ is: "no code" });
    return script({ from: "snippet", name: "-c", text: code }, args.slice(attached ? at + 1 : at + 2));
  }

  function script(of: Script, its: readonly Buffer[]): Command {
    return { do: action?.do ?? "run", script: of, args: its };
  }
}

/** Where the script comes from, for an admission: with the arguments that a native execution of it would see. */
export function originOf({ script, args }: Task): Origin {
  return script.from === "snippet" ? script : { ...script, args };
}

/** The options in a word, each with the place in the word where its argument would begin. */
function* optionsIn(word: string): Generator<[option: string, rest: number]> {
  if (word.startsWith("--")) yield [word, word.length];
  else for (let at = 1; at < word.length; at++) yield [`-${word[at]}`, at + 1];
}

function excluded(one: string, other: string): Command {
  return complain({ is: "options exclude each other", options: [one, other] });
}

function complain(about: Complaint): Command {
  return { do: "complain", about };
}
