/** Builds the forms that only an open descriptor leads to: files without a name, and streams. */
import { unlinkSync } from "node:fs";
import type { DescriptorFile, Stream } from "../requirements/ways.ts";
import { fifo } from "./named-files.ts";
import { type BuildersOf, memfd, pass, pipe, read, type Scene, write } from "./scene.ts";

const DEV_STDIN = "/dev/stdin";

export const DESCRIPTOR_FILES: BuildersOf<DescriptorFile> = {
  "deleted-executable": (scene) => pass(deleted(scene, 0o755)),
  "deleted-not-executable": (scene) => pass(deleted(scene, 0o644)),
  "memfd-executable": (scene) => pass(memfd(scene, 0o777)),
  "memfd-not-executable": (scene) => pass(memfd(scene, 0o600)),
  "dev-stdin-file": (scene) => ({ file: DEV_STDIN, stdin: read(scene, write(scene, 0o644)) }),
};

export const STREAMS: BuildersOf<Stream> = {
  "dev-stdin-pipe": (scene) => ({ file: DEV_STDIN, stdin: pipe(scene) }),
  "proc-fd-pipe": (scene) => pass(pipe(scene)),
  "dev-fd-pipe": (scene) => pass(pipe(scene), "/dev/fd"),
  fifo,
  "dev-stdin-terminal": () => ({ file: DEV_STDIN, terminal: true }),
};

/** A file that was opened, and then deleted. */
function deleted(scene: Scene, mode: number): number {
  const fd = read(scene, write(scene, mode));
  unlinkSync(scene.path);
  return fd;
}
