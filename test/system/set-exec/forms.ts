import { join } from "node:path";
import { inject } from "vitest";
import { SET_EXEC } from "../../support/programs.ts";
import { type Outcome, type RunOptions, run } from "../../support/run.ts";
import { root, USERS, type User, unprivileged } from "../../support/users.ts";

/** set-exec as one user runs it. */
export interface Form {
  readonly form: string;
  readonly user: User;
  readonly argv: readonly string[];
}

/** The executable, as each user; and its source under plain Node, as the user of the tests, who can reach it. */
export const FORMS: readonly Form[] = [
  ...USERS.map((user) => ({ form: `the executable, as ${user.name}`, user, argv: [SET_EXEC] })),
  {
    form: "under node",
    user: root.missing === undefined ? root : unprivileged,
    argv: [process.execPath, join(import.meta.dirname, "../../../src/set-exec/bin.ts")],
  },
];

/** Runs set-exec with these arguments. */
export function launch(form: Form, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return run([...form.argv, ...args], withEnvironment(form, options));
}

/** Runs set-exec from a script of bash, where it is `"$@"` and has these arguments. */
export function launchFromShell(
  form: Form,
  script: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return run(["bash", "-c", script, "bash", ...form.argv, ...args], withEnvironment(form, options));
}

function withEnvironment({ user }: Form, options: RunOptions): RunOptions {
  // A folder in PATH that the user cannot enter would turn execvp's ENOENT into EACCES.
  const env = { PATH: "/usr/bin:/bin", NODE_COMPILE_CACHE: inject("compileCache"), ...options.env };
  return { ...options, env, user };
}
