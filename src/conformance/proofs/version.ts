import { fill } from "../adapter/template.ts";
import type { Setting } from "../attempt/attempt.ts";
import { environment } from "../attempt/environment.ts";
import { SHOWN } from "../findings/shown.ts";
import { launch } from "../sandbox/launch.ts";

/**
 * Asks the interpreter for its version; gives an empty text where the adapter has no command for it, or where that fails: what
 * a loader complains of is no version. No verdict depends on it.
 */
export async function versionOf({ workplace, adapter, interpreter, timeoutMs }: Setting): Promise<string> {
  const argv = (adapter.version ?? []).map((text) => fill(text, { interpreter }));
  if (argv.length === 0) return "";
  const { user } = workplace;
  const home = workplace.folder(user).path;
  const env = environment(home, [adapter.env], { interpreter });
  const { status, stdout, stderr } = await launch({
    argv,
    env,
    cwd: home,
    stdin: "ignore",
    user,
    mode: 1,
    timeoutMs,
  });
  if (status !== 0) return "";
  const first = `${stdout}\n${stderr}`.trim().split("\n", 1)[0] as string;
  return first.replace(/^v(?=\d)/, "").slice(0, SHOWN.line);
}
