import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFile, temporaryFolder } from "../../support/files.ts";

/** An attacker's folder: the files of an attack, and the place where its traces would be. */
export interface Den {
  readonly folder: string;
  /** A file of this den. */
  at(name: string): string;
  /** Did the attacker's code run? */
  wasRun(): boolean;
  /** Files and folders that were not there when the den was made. */
  added(): string[];
}

/** The file that every payload makes. */
export const PROOF = "proof";

const GREEDY = 'let l = []\nlet n = 0\nwhile n < 300000 {\n  push(l, str(n) + "x")\n  n = n + 1\n}\n+\n';

/**
 * Makes a den, with the attacker's code in the forms that a host could be made to load, the victim's script, and a HOME
 * and a TMPDIR.
 *
 * @param provider A compiled library whose constructor is the payload, if there is one.
 * @param more Adds files of the test's own.
 */
export function makeDen(provider?: Buffer, more?: (at: Den["at"]) => void): Den {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const proof = JSON.stringify(at(PROOF));
  const payload = `require("node:fs").writeFileSync(${proof}, "ran");`;
  for (const name of ["home", "tmp", "node_modules/koffi", "node_modules/chevrotain"]) {
    mkdirSync(at(name), { recursive: true });
  }
  makeFile(at("victim.inc"), 0o755, "#!/usr/bin/env inc\n+\n");
  // The same, after it filled the memory that is left to it.
  makeFile(at("greedy.inc"), 0o755, GREEDY);
  writeFileSync(at("payload.cjs"), payload);
  writeFileSync(at("payload.mjs"), `import fs from "node:fs"; fs.writeFileSync(${proof}, "ran");`);
  for (const name of ["koffi", "chevrotain"]) writeFileSync(at(`node_modules/${name}/index.js`), payload);
  writeFileSync(at("package.json"), '{ "type": "commonjs", "main": "payload.cjs", "pkg": {} }');
  writeFileSync(at(".env"), `NODE_OPTIONS=--require=${at("payload.cjs")}\n`);
  writeFileSync(
    at("node.config.json"),
    `{ "nodeOptions": { "require": [${JSON.stringify(at("payload.cjs"))}] } }`,
  );
  for (const name of ["koffi.node", "provider.so"]) makeFile(at(name), 0o755, provider ?? "no library");
  writeFileSync(
    at("openssl.cnf"),
    [
      "nodejs_conf = init",
      "openssl_conf = init",
      "[init]",
      "providers = all",
      "[all]",
      "evil = evil",
      "[evil]",
    ]
      .concat(`module = ${at("provider.so")}`, "activate = 1", "")
      .join("\n"),
  );
  more?.(at);
  const before = new Set(filesIn(folder));
  return {
    folder,
    at,
    wasRun: () => statSync(at(PROOF), { throwIfNoEntry: false }) !== undefined,
    added: () => filesIn(folder).filter((file) => !before.has(file)),
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}
