/** The commands of set-exec and of this kit itself: as the executable, from dist/, or from the sources. */
import { existsSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSea } from "node:sea";

/** The command of set-exec. The executable knows by its name what it is: a link with that name is made in `folder`. */
export function setExecCommand(folder: string): string[] {
  return program(folder, "set-exec", "set-exec");
}

/** The command of this kit. */
export function ownCommand(folder: string): string[] {
  return program(folder, "exec-conformance", "conformance");
}

function program(folder: string, name: string, room: string): string[] {
  if (isSea()) {
    const link = join(folder, name);
    if (!existsSync(link)) symlinkSync(process.execPath, link);
    return [link];
  }
  // npm runs it by a link in node_modules/.bin.
  const beside = dirname(realpathSync(process.argv[1] as string));
  const built = join(beside, `${name}.js`);
  return [process.execPath, existsSync(built) ? built : join(beside, `../${room}/bin.ts`)];
}
