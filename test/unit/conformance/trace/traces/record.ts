/**
 * Records the traces in this folder: `npm run build:exe -- --prefix /tmp/x/inc`, then this. The traced programs run in a
 * folder made for that, in a control group called `/` and with a small environment, so that the traces tell nothing of
 * the machine.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tracing } from "../../../../../src/conformance/trace/strace.ts";

export interface Trace {
  readonly name: string;
  readonly command: readonly string[];
  readonly code: string;
}

const FOLDER = "/tmp/x";

/** The path of the code, as each was given it. */
export const CODE: string = join(FOLDER, "code");

/** What each of them prints. */
export const MARKER = "42";

export const TRACES: readonly Trace[] = [
  { name: "dash", command: ["dash"], code: "echo $((20 + 22)) | cat\n" },
  { name: "python3", command: ["/usr/bin/python3", "-I", "-S"], code: "print(20 + 22)\n" },
  { name: "perl", command: ["perl"], code: 'print 20 + 22, "\\n";\n' },
  { name: "lua5.4", command: ["lua5.4"], code: "print(20 + 22)\n" },
  { name: "inc", command: [join(FOLDER, "inc/inc")], code: "print(20 + 22)\n" },
];

if (import.meta.main) {
  for (const { name, command, code } of TRACES) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(CODE, code);
    chmodSync(CODE, 0o755);
    const args = ["--cgroup", ...tracing(join(import.meta.dirname, `${name}.log`)), ...command, CODE];
    const env = { PATH: "/usr/bin:/bin" };
    const { status, stdout, stderr } = spawnSync("unshare", args, { cwd: "/", env, encoding: "utf8" });
    if (status !== 0 || stdout !== `${MARKER}\n`) throw new Error(`${name}: ${status} ${stdout}${stderr}`);
    rmSync(CODE);
  }
}
