/**
 * NODE_COMPILE_CACHE names a folder of bytecode that Node takes instead of compiling. V8 recognises a source by its length
 * alone, and Node by a checksum in the file: someone who may write to the folder compiles another source of the right
 * length, and puts the bytecode behind the right checksum.
 */
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { INC, UNHARDENED_INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";
import { type Den, makeDen, PROOF } from "./den.ts";

/** node: src/compile_cache.cc. Five numbers of 32 bits: magic, code size, cache size, code hash, cache hash. */
const HEADER_BYTES = 20;
const CODE_SIZE = 4;
const CACHE_SIZE = 8;
const CACHE_HASH = 16;

const victim = (program: string, den: Den) =>
  run([program, den.at("victim.inc")], { env: { NODE_COMPILE_CACHE: den.at("cache") } });

/** Leaves a cache in the den, from which the build that is not hardened takes the attacker's bytecode for its own. */
async function forge(den: Den): Promise<void> {
  await victim(UNHARDENED_INC, den);
  const target = onlyFile(den.at("cache"));
  const genuine = readFileSync(target);
  const payload = readFileSync(den.at("payload.cjs"), "utf8");
  writeFileSync(den.at("same.cjs"), payload.padEnd(genuine.readUInt32LE(CODE_SIZE), " "));
  await run([process.execPath, den.at("same.cjs")], { env: { NODE_COMPILE_CACHE: den.at("made") } });
  rmSync(den.at(PROOF));
  const made = readFileSync(onlyFile(den.at("made")));
  for (const field of [CACHE_SIZE, CACHE_HASH]) genuine.writeUInt32LE(made.readUInt32LE(field), field);
  const forged = Buffer.concat([genuine.subarray(0, HEADER_BYTES), made.subarray(HEADER_BYTES)]);
  writeFileSync(target, forged);
}

function onlyFile(folder: string): string {
  const files = globSync("**", { cwd: folder })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  expect(files).toHaveLength(1);
  return files[0] as string;
}

test("a forged cache: the attacker's code runs on a host that is not hardened", async () => {
  const den = makeDen();
  await forge(den);
  await victim(UNHARDENED_INC, den);
  expect(den.wasRun()).toBe(true);
});

test("a forged cache: the executable neither reads nor writes one", async () => {
  const den = makeDen();
  await forge(den);
  const before = den.added();
  const { status, stdout } = await victim(INC, den);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "1\n" });
  expect(den.wasRun()).toBe(false);
  expect(den.added()).toEqual(before);
});
