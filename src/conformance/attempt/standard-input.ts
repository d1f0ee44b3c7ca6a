/** Builds the forms of standard input. */
import { readSync } from "node:fs";
import { join } from "node:path";
import type { StandardInput } from "../requirements/ways.ts";
import { type BuildersOf, pipe, read, type Scene, write } from "./scene.ts";

export const STANDARD_INPUT: BuildersOf<StandardInput> = {
  executable: (scene) => ({ stdin: read(scene, write(scene, 0o755)) }),
  "not-executable": (scene) => ({ stdin: read(scene, write(scene, 0o644)) }),

  "noexec-mount"(scene) {
    const { noexec } = scene.workplace;
    if ("missing" in noexec) return noexec;
    write(scene, 0o755);
    // A shell opens the file: it has to be opened through the mount, which only the wrapped command sees.
    const redirect = ["sh", "-c", 'exec "$@" < "$0"', join(scene.folder.noexec, scene.name)];
    return {
      wrapper: {
        ...noexec,
        wrap: (argv, mode, user) => noexec.wrap([...redirect, ...argv], mode, user),
      },
    };
  },

  offset(scene) {
    const stdin = readWithHead(scene);
    readSync(stdin, Buffer.alloc(scene.head.length));
    return { stdin };
  },

  "behind-a-head": (scene) => ({ stdin: readWithHead(scene) }),

  pipe: (scene) => ({ stdin: pipe(scene) }),
  socket: () => ({ stdin: "socket" }),
};

/** Opens an executable file in which the head stands before the code. */
function readWithHead(scene: Scene): number {
  return read(scene, write({ ...scene, code: Buffer.concat([scene.head, scene.code]) }, 0o755));
}
