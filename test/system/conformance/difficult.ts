/** Interpreters that are hard to get rid of: shell scripts of a few lines, and the adapter for all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFile } from "../../support/files.ts";

const ADAPTER = {
  name: "difficult",
  title: "Difficult",
  interpreter: "sh",
  program: "echo $(({a} + {b}))\n",
  channels: {
    script: [{ name: "argument", command: ["{interpreter}", "{file}"] }],
    stdin: [{ name: "no arguments", command: ["{interpreter}"] }],
    snippet: [{ name: "-c", command: ["{interpreter}", "-c", "{program}"] }],
  },
};

/** `TOKEN` becomes a word that no other process on the machine has among its arguments. */
export const DIFFICULT = {
  hangs: "exec sleep TOKEN",
  "ignores signals": "trap '' HUP INT QUIT TERM; sleep TOKEN & wait; sleep TOKEN",
  "leaves a daemon that holds its pipes": "setsid sleep TOKEN & exit 3",
  "leaves a daemon": "setsid sleep TOKEN < /dev/null > /dev/null 2>&1 & exit 3",
  "leaves a daemon that forgot its environment": "setsid env -i sleep TOKEN & exit 3",
  "floods its output": "exec yes TOKEN",
  "floods its errors": "exec yes TOKEN >&2",
  "locks its folder":
    'mkdir -p "$HOME/a/b"; echo > "$HOME/a/b/c"; chmod 0 "$HOME/a/b"; chmod 0 "$HOME/a"; : TOKEN',
} as const;

export type Difficulty = keyof typeof DIFFICULT;

export interface DifficultSubject {
  /** As `--adapter` takes it. */
  readonly adapter: string;
  /** The processes that are left of it. */
  readonly left: () => string[];
}

/** Makes a difficult interpreter in a folder that everybody can reach. */
export function difficult(folder: string, difficulty: Difficulty): DifficultSubject {
  // A number for sleep(1): a day, and a fraction that is unique to this test.
  const token = `86400.${process.pid}${Math.floor(Math.random() * 1e9)}`;
  const adapter = makeFile(join(folder, "difficult.json"), 0o644, JSON.stringify(ADAPTER));
  const text = `#!/bin/sh\n${DIFFICULT[difficulty].replaceAll("TOKEN", token)}\n`;
  const program = makeFile(join(folder, "difficult"), 0o755, text);
  return { adapter: `${adapter}=${program}`, left: () => processesWith(token) };
}

function processesWith(word: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return command.includes(word) ? [command.replaceAll("\0", " ")] : [];
      } catch {
        return [];
      }
    });
}
