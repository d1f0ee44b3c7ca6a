import * as uapi from "../linux/uapi.ts";

/** What set-exec was asked to do. */
export type Command =
  | { readonly do: "run"; readonly securebits: number; readonly argv: readonly Buffer[] }
  | { readonly do: "show" | "help" | "version" }
  | { readonly do: "complain"; readonly about: Complaint };

export type Complaint =
  | { readonly is: "unknown option"; readonly option: Buffer }
  | { readonly is: "no bit named" }
  | { readonly is: "no command" };

const RESTRICT_FILE = uapi.SECBIT_EXEC_RESTRICT_FILE | uapi.SECBIT_EXEC_RESTRICT_FILE_LOCKED;
const DENY_INTERACTIVE = uapi.SECBIT_EXEC_DENY_INTERACTIVE | uapi.SECBIT_EXEC_DENY_INTERACTIVE_LOCKED;
const LOCKS = uapi.SECBIT_EXEC_RESTRICT_FILE_LOCKED | uapi.SECBIT_EXEC_DENY_INTERACTIVE_LOCKED;

/**
 * Reads `set-exec [-f] [-i] [--no-lock] [--] command args…`. Options end at `--` or at the first argument that is not one.
 */
export function parseCommandLine(args: readonly Buffer[]): Command {
  let securebits = 0;
  let locks = LOCKS;
  let at = 0;
  for (; at < args.length; at++) {
    const option = args[at] as Buffer;
    // In Latin-1 each byte is one character, so that no byte is lost.
    const text = option.toString("latin1");
    if (text === "--") {
      at++;
      break;
    }
    if (!text.startsWith("-") || text === "-") break;
    if (text === "--no-lock") locks = 0;
    else if (text === "--show") return { do: "show" };
    else if (text === "--help" || text === "-h") return { do: "help" };
    else if (text === "--version") return { do: "version" };
    else if (/^-[fi]+$/.test(text)) {
      if (text.includes("f")) securebits |= RESTRICT_FILE;
      if (text.includes("i")) securebits |= DENY_INTERACTIVE;
    } else return { do: "complain", about: { is: "unknown option", option } };
  }
  const argv = args.slice(at);
  if (securebits === 0) return { do: "complain", about: { is: "no bit named" } };
  if (argv.length === 0) return { do: "complain", about: { is: "no command" } };
  return { do: "run", securebits: securebits & (~LOCKS | locks), argv };
}
