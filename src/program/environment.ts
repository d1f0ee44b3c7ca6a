import { variableUnknown } from "./messages.ts";
import { BytesUnknown, procStrings } from "./proc-strings.ts";

/**
 * An environment variable, as the bytes it was given as; undefined if it is unset. Node decodes process.env as UTF-8,
 * which destroys other bytes; /proc/self/environ keeps them (proc(5)).
 *
 * @throws {BytesUnknown} Without /proc, where it is not UTF-8.
 */
export function environmentVariable(name: string): Buffer | undefined {
  // process.env inherits names from Object, such as `constructor`.
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  if (text === undefined) return undefined;
  return text.includes("\ufffd") ? originalBytes(name) : Buffer.from(text);
}

function originalBytes(name: string): Buffer {
  const prefix = Buffer.from(`${name}=`);
  const entry = procStrings("environ")?.find((text) => text.subarray(0, prefix.length).equals(prefix));
  if (entry === undefined) throw new BytesUnknown(variableUnknown(name));
  return entry.subarray(prefix.length);
}
