/** How this kit starts the package's other programs, and itself: as the executable, from dist/, or from the sources. */
import { existsSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSea } from "node:sea";

/** The command that is set-exec here. A link to the executable is made in `folder` where its name tells what it is. */
export function setExecCommand(folder: string): string[] {
  return program(folder, "set-exec", "set-exec");
}

/** The command that is this kit. */
export function ownCommand(folder: string): string[] {
  return program(folder, "exec-conformance", "conformance");
}

function program(folder: string, name: string, room: string): string[] {
  if (isSea()) {
    const link = join(folder, name);
    if (!existsSync(link)) symlinkSync(process.execPath, link);
    return [link];
  }
  // npm calls it by a link in node_modules/.bin.
  const beside = dirname(realpathSync(process.argv[1] as string));
  const built = join(beside, `${name}.js`);
  return [process.execPath, existsSync(built) ? built : join(beside, `../${room}/bin.ts`)];
}
