/** setsid before a command: the terminal on its standard input becomes its controlling terminal. */
import { closeSync } from "node:fs";
import type { Missing } from "../missing.ts";
import { systemRefusal } from "../system-refusal.ts";
import { openPseudoTerminal } from "../terminal.ts";
import { failureOf } from "./wrap.ts";

const COMMAND = ["setsid", "--ctty"];

/** What is put before a command that gets a terminal; or why there is no such thing here. It is tried at one. */
export function controllingTerminal(): readonly string[] | Missing {
  try {
    const terminal = openPseudoTerminal(undefined);
    const failure = failureOf(COMMAND, undefined, terminal.fd);
    closeSync(terminal.fd);
    terminal.close();
    return failure === undefined ? COMMAND : { missing: `cannot be set up here: ${failure}` };
  } catch (error) {
    const why = systemRefusal(error);
    if (why === undefined) throw error;
    return { missing: `cannot be set up here: ${why}` };
  }
}
