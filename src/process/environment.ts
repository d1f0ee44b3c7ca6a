import { readFileSync } from "node:fs";

/**
 * An environment variable as the bytes it was given as; undefined if it is unset. Node decodes process.env as UTF-8 and
 * destroys what is none; the kernel keeps the original (proc(5), environ).
 *
 * @throws {Error} When it is not plain text, and its bytes cannot be known without /proc.
 */
export function environmentVariable(name: string): Buffer | undefined {
  // Its own variables only: process.env is an object, and so has a `constructor`.
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  if (text === undefined) return undefined;
  return text.includes("\ufffd") ? originalBytes(name) : Buffer.from(text);
}

function originalBytes(name: string): Buffer {
  const environment = readFileSync("/proc/self/environ");
  const prefix = Buffer.from(`${name}=`);
  for (let at = 0; at < environment.length; ) {
    const nul = environment.indexOf(0, at);
    const end = nul === -1 ? environment.length : nul;
    const entry = environment.subarray(at, end);
    if (entry.subarray(0, prefix.length).equals(prefix)) return entry.subarray(prefix.length);
    at = end + 1;
  }
  throw new Error(`${name} is no UTF-8, and its bytes are not in /proc/self/environ`);
}
