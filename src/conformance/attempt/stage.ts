/** The stage of one attempt: a folder, a user, and the code in its form. */
import { closeSync } from "node:fs";
import { join } from "node:path";
import type { Way } from "../requirements/ways.ts";
import type { Missing } from "../sandbox/missing.ts";
import { NOBODY, type User } from "../sandbox/user.ts";
import type { Workplace } from "../sandbox/workplace.ts";
import { builderOf } from "./forms.ts";
import type { Given } from "./scene.ts";

/** A form that has been built, and its surroundings. */
export interface Stage extends Given {
  /** The attempt's own folder. */
  readonly home: string;
  /** Where the file for the code stands, under its own name; not every form has one. */
  readonly path: string;
  readonly user: User | undefined;
  /** Closes what the builder has opened. */
  readonly close: () => void;
}

/** The code that is put on the stage. */
export interface Code {
  /** The name of the file, which may contain folders. */
  readonly name: string;
  /** The content of the file. */
  readonly bytes: Uint8Array;
  /** A program with a marker of its own, to stand before it. */
  readonly head: Uint8Array;
  /** Whether the interpreter does not offer this to root. */
  readonly asOrdinaryUser: boolean;
}

/** Builds the stage, or says what is missing here to do so. */
export function buildStage(workplace: Workplace, way: Way, code: Code): Stage | Missing {
  const user = userFor(workplace, way, code);
  if (code.asOrdinaryUser && (user?.uid ?? process.getuid?.()) === 0)
    return { missing: "root is not offered this, and it cannot be tried as another user here" };
  const folder = workplace.folder(user);
  const path = join(folder.path, code.name);
  const opened: number[] = [];
  const own = (fd: number) => {
    opened.push(fd);
    return fd;
  };
  const close = () => {
    for (const fd of opened) closeSync(fd);
  };
  try {
    const { name, bytes, head } = code;
    const built = builderOf(way)({ workplace, folder, name, path, code: bytes, head, user, own });
    if ("missing" in built) {
      close();
      return built;
    }
    const usual = { file: path, folder: folder.path, stdin: "ignore", terminal: false, passed: [] } as const;
    return { ...usual, ...built, home: folder.path, path, user, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Chooses an ordinary user where root would prove nothing: the owner's permissions do not bind root. */
function userFor({ user, canRunAsNobody }: Workplace, { form }: Way, code: Code): User | undefined {
  const isNotForRoot = code.asOrdinaryUser || form === "owner-lacks-x";
  return isNotForRoot && canRunAsNobody && user === undefined ? NOBODY : user;
}
