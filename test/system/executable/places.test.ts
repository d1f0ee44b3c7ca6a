/** The executable works in any folder and for any user, and leaves nothing behind. */
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";
import { needs, root, USERS, unprivileged } from "../../support/users.ts";

const COUNTS = { status: 0, signal: null, stdout: "1\n", stderr: "" };

function script(folder: string): string {
  return makeFile(join(folder, "counter.inc"), 0o755, "+\n");
}

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));

  test.each<[string, (folder: string) => Record<string, string | undefined>]>([
    ["HOME unset", () => ({ HOME: undefined })],
    ["HOME empty", () => ({ HOME: "" })],
    ["HOME missing", (folder) => ({ HOME: join(folder, "missing") })],
    ["HOME a file", () => ({ HOME: "/etc/passwd" })],
    ["TMPDIR missing", (folder) => ({ TMPDIR: join(folder, "missing"), TMP: undefined, TEMP: undefined })],
  ])("%s", async (_, env) => {
    const folder = temporaryFolder();
    expect(await run([INC, script(folder)], { user, env: env(folder) })).toMatchObject(COUNTS);
    expect(readdirSync(folder)).toEqual(["counter.inc"]);
  });

  test("a HOME that it could write to stays empty", async () => {
    const [folder, home] = [temporaryFolder(), temporaryFolder()];
    chmodSync(home, 0o777);
    const env = { HOME: home, TMPDIR: home, XDG_CACHE_HOME: home };
    expect(await run([INC, script(folder)], { user, env })).toMatchObject(COUNTS);
    expect(readdirSync(home)).toEqual([]);
  });

  test("a HOME that cannot be written to", async () => {
    const home = temporaryFolder();
    chmodSync(home, 0o555);
    expect(await run([INC, script(temporaryFolder())], { user, env: { HOME: home } })).toMatchObject(COUNTS);
  });

  test("under env -i", async () => {
    expect(await run(["env", "-i", INC, script(temporaryFolder())], { user })).toMatchObject(COUNTS);
    const bits = await run(["env", "-i", SET_EXEC, "-f", "--", INC, script(temporaryFolder())], { user });
    expect(bits).toMatchObject(COUNTS);
  });

  test("through symbolic links", async () => {
    const folder = temporaryFolder();
    symlinkSync(INC, join(folder, "first"));
    symlinkSync("first", join(folder, "second"));
    expect(await run([join(folder, "second"), script(folder)], { user })).toMatchObject(COUNTS);
  });

  test("ps and pkill know it by what was executed, as any program", async () => {
    const folder = temporaryFolder();
    const tell = makeFile(join(folder, "tell.inc"), 0o755, `#!${INC}\nprint read_file("/proc/self/comm")\n`);
    symlinkSync(INC, join(folder, "a-name-longer-than-15"));
    for (const [argv, name] of [
      [[INC, tell], "inc"],
      [[tell], "tell.inc"],
      [[join(folder, "a-name-longer-than-15"), tell], "a-name-longer-t"],
    ] as const)
      expect(await run(argv, { user })).toMatchObject({ status: 0, stdout: `${name}\n\n` });
  });

  test("a link's own name says which program it is", async () => {
    const folder = temporaryFolder();
    symlinkSync(INC, join(folder, "set-exec"));
    const { stdout } = await run([join(folder, "set-exec"), "--version"], { user });
    expect(stdout).toMatch(/^set-exec /);
  });

  test("as the interpreter that a script names", async () => {
    const path = makeFile(join(temporaryFolder(), "named.inc"), 0o755, `#!${INC}\n+\nprint args()\n`);
    const outcome = await run([path, "an argument"], { user });
    expect(outcome).toMatchObject({ ...COUNTS, stdout: expect.stringMatching(/^1\n.*an argument/) });
  });

  test("as the interpreter that a script names, through env", async () => {
    const path = makeFile(join(temporaryFolder(), "named.inc"), 0o755, "#!/usr/bin/env inc\n+\n");
    const env = { PATH: `${dirname(INC)}:${process.env.PATH}` };
    expect(await run([path], { user, env })).toMatchObject(COUNTS);
  });

  test("from a folder that is gone", async () => {
    const path = script(temporaryFolder());
    const from = 'd=$(mktemp -d) && cd "$d" && rmdir "$d" && exec "$@"';
    expect(await shell(from, [INC, path], { user })).toMatchObject(COUNTS);
  });
});

/** A copy of the programs, whose modes a test may change. The addon stays where it was built to be. */
function copyOfPrograms(): string {
  const folder = temporaryFolder();
  for (const name of ["inc", "set-exec"]) cpSync(INC, join(folder, name));
  return folder;
}

describe("without the right to read it (mode 0711), where the kernel hides the process from itself", () => {
  beforeEach((context) => needs(context, root));

  function unreadable(): string {
    const folder = copyOfPrograms();
    for (const name of ["inc", "set-exec"]) {
      chownSync(join(folder, name), 0, 0);
      chmodSync(join(folder, name), 0o711);
    }
    return folder;
  }

  test("it is as said: the user cannot read it", async () => {
    const { status } = await run(["cat", join(unreadable(), "inc")], { user: unprivileged });
    expect(status).toBe(1);
  });

  test("scripts run, from files, streams and standard input", async () => {
    const [folder, user] = [unreadable(), unprivileged];
    const inc = join(folder, "inc");
    expect(await run([inc, script(temporaryFolder())], { user })).toMatchObject(COUNTS);
    expect(await run([inc], { user, input: "+\n" })).toMatchObject(COUNTS);
    expect(await shell('echo + | "$1" /dev/stdin', [inc], { user })).toMatchObject(COUNTS);
    expect(await shell('"$1" <(echo +)', [inc], { user })).toMatchObject(COUNTS);
  });

  test("arguments are the bytes that were given", async () => {
    const folder = temporaryFolder();
    const path = `${folder}/caf$'\\xe9'.inc`;
    const made = await shell(`printf '+\\n' >${path} && chmod 755 ${path}`);
    expect(made.status).toBe(0);
    expect(await shell(`"$1" ${path}`, [join(unreadable(), "inc")], { user: unprivileged })).toMatchObject(
      COUNTS,
    );
  });

  test("lost: what Node takes of set-exec's environment, which else is handed on as it was", async () => {
    const command = 'NODE_UNIQUE_ID=7 OTHER=1 exec "$1/set-exec" -f -- env';
    const { status, stdout } = await shell(command, [unreadable()], { user: unprivileged });
    expect(status).toBe(0);
    expect(stdout).toContain("OTHER=1\n");
    expect(stdout).not.toContain("NODE_UNIQUE_ID");
  });

  test("set-exec hands on descriptors and sets the bits", async () => {
    const command = 'exec "$1/set-exec" -f -- sh -c "cat <&7; $1/set-exec --show" 7<<<inherited';
    const { status, stdout, stderr } = await shell(command, [unreadable()], { user: unprivileged });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("inherited\n");
    expect(stdout).toContain("mode 2");
  });
});

test("a read-only folder", async (context) => {
  await needsNoexec(context);
  const folder = copyOfPrograms();
  const mount = ["unshare", ...(root.missing === undefined ? ["-m"] : ["-Urm"]), "sh", "-c"];
  const only =
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/x" 2>&- && exec "$0/inc" "$1"';
  expect(await run([...mount, only, folder, script(temporaryFolder())])).toMatchObject(COUNTS);
});

test("without its addon nothing runs, and it says so in a line or two", async (context) => {
  await needsNoexec(context);
  const namespace = ["unshare", ...(root.missing === undefined ? ["-m"] : ["-Urm"]), "sh", "-c"];
  const hidden = 'mount --bind /dev/null "$0" && exec "$@"';
  const addon = join(dirname(INC), "koffi.node");
  const without = (argv: string[]) => run([...namespace, hidden, addon, ...argv]);
  for (const argv of [
    [INC, script(temporaryFolder())],
    [SET_EXEC, "-f", "--", "true"],
  ]) {
    const { status, stdout, stderr } = await without(argv);
    expect({ status, stdout, lines: stderr.split("\n").length <= 3 }).toEqual({
      status: 1,
      stdout: "",
      lines: true,
    });
    expect(stderr).toContain("koffi could not be loaded");
  }
  expect(await without([INC, "--version"])).toMatchObject({ status: 0, stderr: "" });
});

test("what it is made of, and with which rights", () => {
  const folder = dirname(INC);
  for (const name of ["inc", "koffi.node"]) expect(lstatSync(join(folder, name)).mode & 0o777).toBe(0o755);
  for (const name of ["set-exec", "exec-check", "exec-conformance"])
    expect(readlinkSync(join(folder, name))).toBe("inc");
});

test("a noexec /tmp itself", async (context) => {
  await needsNoexec(context);
  const namespace = ["unshare", ...(root.missing === undefined ? ["-m"] : ["-Urm"]), "sh", "-c"];
  // The programs may be in that folder themselves: they get a mount of their own.
  const noexec =
    'mount --bind /tmp /tmp && mount -o remount,bind,noexec /tmp && mount --bind "$0" "$0" && ' +
    'mount -o remount,bind,exec "$0" && cp /bin/true "$2" && ! "$2" 2>&- && exec "$0/inc" "$1"';
  const folder = temporaryFolder();
  const copy = `/tmp/inc-test-${process.pid}-true`;
  onTestFinished(() => rmSync(copy, { force: true }));
  expect(await run([...namespace, noexec, dirname(INC), script(folder), copy])).toMatchObject(COUNTS);
});

test("a noexec HOME, and in it the folder for temporary files", async (context) => {
  await needsNoexec(context);
  const home = temporaryFolder();
  mkdirSync(join(home, "tmp"));
  const env = { HOME: home, TMPDIR: join(home, "tmp") };
  expect(await run(underNoexec(home, [INC, "-c", "+"]), { env })).toMatchObject(COUNTS);
});

test("without /proc", async (context) => {
  await needsNoexec(context);
  const namespace = ["unshare", ...(root.missing === undefined ? ["-m"] : ["-Urm"]), "sh", "-c"];
  const hide = 'mount -t tmpfs none /proc && exec "$@"';
  const path = script(temporaryFolder());
  expect(await run([...namespace, hide, "sh", INC, path])).toMatchObject(COUNTS);
});

test("an addon that is gone: nothing runs, and the message says what is missing", async () => {
  // Built to find its addon in a folder that is not there.
  const folder = copyOfPrograms();
  const hidden = await run(
    ["unshare", ...(root.missing === undefined ? ["-m"] : ["-Urm"]), "sh", "-c"].concat(
      'mount -t tmpfs none "$0" && exec "$1/inc" -c +',
      dirname(INC),
      folder,
    ),
  );
  expect(hidden).toMatchObject({ status: 1, stdout: "" });
  expect(hidden.stderr).toMatch(/^inc: .*koffi.*could not be loaded/);
});
