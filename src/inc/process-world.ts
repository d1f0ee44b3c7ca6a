import { closeSync, openSync } from "node:fs";
import { constants as os } from "node:os";
import { AdmissionError, type AdmittedCode, admit } from "../exec-check/exec-check.ts";
import { environmentVariable } from "../program/environment.ts";
import { BytesUnknown } from "../program/proc-strings.ts";
import { readBytes } from "../runtime/input.ts";
import { type LoadedModule, Unavailable, type World } from "../runtime/world.ts";
import { cannotRead } from "./messages.ts";
import { descriptorInput, descriptorOutput, unbufferedOutput, waitForInterrupt } from "./process-streams.ts";
import type { TypeAhead } from "./prompt/type-ahead.ts";
import { NotText, sourceText } from "./source-text.ts";

/**
 * What a script can reach of its process: streams, arguments, environment, files and modules.
 *
 * @param securebits The bits that each import is decided by.
 * @param ahead What was typed ahead at a prompt: it comes before what standard input still holds.
 */
export function processWorld(args: readonly Buffer[], securebits: number, ahead: TypeAhead): World {
  return {
    args,
    env: variable,
    output: descriptorOutput(1),
    errors: unbufferedOutput(2),
    input: descriptorInput(0, ahead.line),
    readData,
    loadModule: (path, from) => loadModule(besides(from.directory, path), securebits),
  };
}

/** Admits a module: each import opens, checks and decides on a descriptor of its own, also where the module is loaded already. */
function loadModule(path: Buffer, securebits: number): LoadedModule {
  let code: AdmittedCode | undefined;
  try {
    code = admit({ from: "path", path }, { securebits, hold: true });
    const admitted = code;
    return {
      identity: admitted.identity as string,
      source: sourceText(admitted, path),
      // A new module's file stays open: another file could get its inode number otherwise, by which it is known.
      settle: (isNew) => {
        if (!isNew) admitted.release();
      },
    };
  } catch (error) {
    code?.release();
    if (error instanceof AdmissionError) {
      if ("errno" in error.failure && error.failure.errno === os.errno.EINTR) waitForInterrupt();
      throw new Unavailable(error.message, error.hint);
    }
    if (error instanceof NotText) throw new Unavailable(error.message);
    throw error;
  }
}

function besides(directory: Uint8Array, path: string): Buffer {
  return path.startsWith("/") || directory.length === 0
    ? Buffer.from(path)
    : Buffer.concat([directory, Buffer.from("/"), Buffer.from(path)]);
}

function variable(name: string): Uint8Array | undefined {
  try {
    return environmentVariable(name);
  } catch (error) {
    throw error instanceof BytesUnknown ? new Unavailable(error.message) : error;
  }
}

/** Reads a file as data: data is not admitted. */
function readData(path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    return readBytes(descriptorInput(descriptor));
  } catch (error) {
    const { errno, code } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    // Control-C, while the open of a FIFO waited for a writer.
    if (code === "EINTR") waitForInterrupt();
    throw new Unavailable(cannotRead(path, -errno));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
