/** What all programs say in the same words. What only one of them says is in its own messages.ts. */
import { errnoText } from "../linux/errno.ts";
import { type Message, message } from "./message.ts";
import { VERSION } from "./version.ts";

/** What `--version` prints. */
export function version(program: string): Message {
  return message(`${program} ${VERSION}\n`);
}

/** Standard output takes nothing more: a full disk, and the like. */
export function cannotWrite(program: string, error: NodeJS.ErrnoException): Message {
  const reason = error.errno === undefined ? error.message : errnoText(-error.errno);
  return message(`${program}: cannot write to standard output: ${reason}\n`);
}

/** A fault of the program's own. */
export function internalError(program: string, error: unknown): Message {
  return message(`${program}: internal error: ${error instanceof Error ? error.stack : error}\n`);
}

export const ARGUMENT_UNKNOWN: Message = message(
  "an argument is not UTF-8, and without /proc its bytes cannot be known: mount /proc",
);

export function variableUnknown(name: string): Message {
  return message(
    `the variable ${name} is not UTF-8, and without /proc its bytes cannot be known: mount /proc`,
  );
}
