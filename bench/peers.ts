/** The interpreters that Inc is measured beside, and what they call themselves. */
import { spawnSync } from "node:child_process";
import type { Argv } from "./measure.ts";

export interface Peer {
  readonly name: string;
  readonly command: string;
  /** How its programs' names end. */
  readonly ending: string;
  readonly version: string;
}

// Debian's by their paths: what comes first in PATH may be another build, or a wrapper.
const KNOWN: readonly (readonly [name: string, command: string, ending: string, version: Argv])[] = [
  ["python3", "/usr/bin/python3", ".py", ["/usr/bin/python3", "--version"]],
  ["lua5.4", "/usr/bin/lua5.4", ".lua", ["/usr/bin/lua5.4", "-v"]],
  ["perl", "/usr/bin/perl", ".pl", ["/usr/bin/perl", "-e", "print $^V"]],
  ["dash", "/usr/bin/dash", ".sh", ["dpkg-query", "--list", "dash"]],
  ["node", process.execPath, ".js", [process.execPath, "--version"]],
];

/** Those that are here; says which are not. */
export function peersHere(): Peer[] {
  return KNOWN.flatMap(([name, command, ending, [program, ...args]]) => {
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
    const version = /\d+\.\d[\w.-]*/.exec(stdout.trim().split("\n").at(-1) ?? "")?.[0];
    if (status === 0) return { name, command, ending, version: `${name} ${version}` };
    console.log(`${name} is not here: there is no ${command}`);
    return [];
  });
}
