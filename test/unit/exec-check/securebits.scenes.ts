/** What securebits.test.ts has done in a process of its own (test/support/scene.ts). */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { errnoName, KernelError, linuxKernel } from "../../../src/exec-check/exec-check.ts";
import { setSecurebits } from "../../../src/linux/process-calls.ts";
import { dropCapabilities } from "../../support/libc.ts";

/** The answer to PR_SET_SECUREBITS, and the bits after it. */
export type Step = readonly [answer: string, bits: number];

/** Sets these bits, one after the other, each time all of them. */
export function setInOrder(sets: readonly number[], capabilities: "kept" | "dropped" = "kept"): Step[] {
  if (capabilities === "dropped") dropCapabilities();
  return sets.map((bits) => [set(bits), linuxKernel.getSecurebits()]);
}

function set(bits: number): string {
  try {
    setSecurebits(bits);
    return "ok";
  } catch (error) {
    if (error instanceof KernelError && error.errno !== undefined) return errnoName(error.errno);
    throw error;
  }
}

/** Sets bits, then runs a command. */
export function setAndRun(bits: number, command: readonly string[]): string {
  setSecurebits(bits);
  return spawnSync(command[0] as string, command.slice(1), { encoding: "utf8" }).stdout;
}

/** The bits of two other threads, one started before they were set on this one and one after. */
export async function setBetweenThreads(bits: number): Promise<{ before: number; after: number }> {
  const before = startThread();
  await once(before, "online");
  setSecurebits(bits);
  return { before: await bitsOf(before), after: await bitsOf(startThread()) };
}

/** A thread that waits for a message, and then gives its bits. */
function startThread(): Worker {
  const library = JSON.stringify(new URL("../../../src/exec-check/exec-check.ts", import.meta.url).href);
  const code = `
    const { parentPort } = require("node:worker_threads");
    const library = import(${library});
    parentPort.once("message", async () => parentPort.postMessage((await library).linuxKernel.getSecurebits()));`;
  return new Worker(code, { eval: true });
}

async function bitsOf(thread: Worker): Promise<number> {
  thread.postMessage("say");
  const [bits] = await once(thread, "message");
  await thread.terminate();
  return bits;
}
