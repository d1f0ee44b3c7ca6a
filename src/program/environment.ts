import { BytesUnknown, procStrings } from "./proc-strings.ts";

/**
 * An environment variable as the bytes it was given as; undefined if it is unset. Node decodes process.env as UTF-8 and
 * destroys what is none; the kernel keeps the original (proc(5), environ).
 *
 * @throws {BytesUnknown} When it is not plain text, and its bytes cannot be known without /proc.
 */
export function environmentVariable(name: string): Buffer | undefined {
  // Its own variables only: process.env is an object, and so has a `constructor`.
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  if (text === undefined) return undefined;
  return text.includes("\ufffd") ? originalBytes(name) : Buffer.from(text);
}

function originalBytes(name: string): Buffer {
  const prefix = Buffer.from(`${name}=`);
  const entry = procStrings("environ")?.find((text) => text.subarray(0, prefix.length).equals(prefix));
  if (entry === undefined)
    throw new BytesUnknown(
      `the variable ${name} is no UTF-8, and without /proc its bytes cannot be known: mount /proc`,
    );
  return entry.subarray(prefix.length);
}
