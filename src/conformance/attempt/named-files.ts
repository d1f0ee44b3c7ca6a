/** Builds the forms of a file with a name of its own. */
import { accessSync, chownSync, constants, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { landlockVersion, mkfifo } from "../../linux/scene-calls.ts";
import type { Attended, NamedFile } from "../requirements/ways.ts";
import { type Builder, type BuildersOf, type Built, link, write } from "./scene.ts";

export const NAMED_FILES: BuildersOf<NamedFile> = {
  executable(scene) {
    write(scene, 0o755);
    return {};
  },

  "not-executable"(scene) {
    write(scene, 0o644);
    return {};
  },

  "symlink-to-executable": (scene) => ({ file: link(scene, 0o755) }),
  "symlink-to-not-executable": (scene) => ({ file: link(scene, 0o644) }),

  "noexec-mount"(scene) {
    const { noexec } = scene.workplace;
    if ("missing" in noexec) return noexec;
    write(scene, 0o755);
    const folder = scene.folder.noexec;
    return { file: join(folder, scene.name), folder, wrapper: noexec };
  },

  "owner-lacks-x"(scene): Built {
    write(scene, 0o655);
    if (scene.user === undefined && mayExecute(scene.path))
      return { missing: "root may execute it all the same, and cannot become another user here" };
    return {};
  },

  "held-for-writing"(scene) {
    scene.own(openSync(write(scene, 0o755), constants.O_RDWR));
    return {};
  },

  landlock(scene) {
    if (landlockVersion() === 0) return { missing: "this kernel has no Landlock in force" };
    write(scene, 0o755);
    const before = scene.workplace.landlock(scene.folder.path);
    return { wrapper: { wrap: (argv) => [...before, ...argv], setsBits: false, setsUser: false } };
  },
};

export const ATTENDED: BuildersOf<Attended> = {
  "not-executable-at-a-terminal"(scene) {
    write(scene, 0o644);
    return { terminal: true, typed: "y\n" };
  },
};

/** An executable file with two paths: its own, and that of the same file on a noexec mount. */
export const againThroughNoexec: Builder = (scene) => {
  const { noexec } = scene.workplace;
  if ("missing" in noexec) return noexec;
  write(scene, 0o755);
  return { again: join(scene.folder.noexec, scene.name), wrapper: noexec };
};

/** A named pipe, which the code is written into when somebody reads it. */
export const fifo: Builder = ({ path, user }) => {
  mkdirSync(dirname(path), { recursive: true });
  mkfifo(path);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return { fifo: path };
};

function mayExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
