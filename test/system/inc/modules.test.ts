/** Code from modules, INC_STARTUP and INC_INIT, each admitted on its own. */
import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";
import { END_OF_INPUT, runInTerminal } from "../../support/terminal.ts";

const under = (option: "-f" | "-i" | "-fi", ...args: string[]) => [SET_EXEC, option, "--", INC, ...args];

describe("import", () => {
  let folder: string;
  let main: string;
  beforeEach(() => {
    folder = temporaryFolder();
    makeFile(join(folder, "yes.inc"), 0o755, 'print "yes"\n');
    makeFile(join(folder, "no.inc"), 0o644, 'print "no"\n');
    main = makeFile(
      join(folder, "main.inc"),
      0o755,
      'print "first"\nimport "yes.inc"\nimport "no.inc"\nprint "last"\n',
    );
  });

  test.each([["-i"], ["none"]])("of a file that is not executable, with %s: runs", async (option) => {
    const argv = option === "-i" ? under("-i", main) : [INC, main];
    expect(await run(argv)).toMatchObject({ status: 0, stdout: "first\nyes\nno\nlast\n" });
  });

  test("with RESTRICT_FILE: is a fatal error at the import, behind what was printed", async () => {
    const { status, stdout, stderr } = await run(under("-f", main));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "first\nyes\n" });
    expect(stderr).toContain(`${main}:3:1: error: `);
    expect(stderr).toContain("refused: a regular file that the kernel would not execute: EACCES");
    expect(stderr).toContain("SECBIT_EXEC_RESTRICT_FILE");
    expect(stderr).toContain("chmod +x");
  });

  test("through a FIFO is a stream: refused under either bit", async () => {
    const fifo = makeFifo(join(folder, "fifo.inc"));
    makeFile(join(folder, "main.inc"), 0o755, 'import "fifo.inc"\n');
    const feed = 'cat "$1" >"$2" & shift 2; "$@"';
    const through = (argv: string[]) => shell(feed, [join(folder, "yes.inc"), fifo, ...argv]);
    expect(await through([INC, main])).toMatchObject({ status: 0, stdout: "yes\n" });
    expect(await through(under("-f", main))).toMatchObject({ status: 1, stdout: "" });
    expect(await through(under("-i", main))).toMatchObject({ status: 1, stdout: "" });
  });

  test("runs a module once, whatever it is called", async () => {
    linkSync(join(folder, "yes.inc"), join(folder, "other.inc"));
    symlinkSync("yes.inc", join(folder, "link.inc"));
    symlinkSync(".", join(folder, "here"));
    const paths = ["yes.inc", "other.inc", "link.inc", "./yes.inc", "here/yes.inc", join(folder, "yes.inc")];
    const imports = paths.map((path, i) => `import "${path}" as m${i}\n`).join("");
    makeFile(main, 0o755, `${imports}print "end"\n`);
    expect(await run([INC, main])).toMatchObject({ status: 0, stdout: "yes\nend\n" });
  });

  test("is admitted each time: also a module that is already loaded", async (context) => {
    await needsNoexec(context);
    const bound = join(folder, "bound");
    mkdirSync(bound);
    makeFile(main, 0o755, 'import "yes.inc"\nimport "bound/yes.inc" as again\nprint "end"\n');
    // The same inode, executable by one path and not by the other.
    const script = 'mount --bind "$1" "$2" && mount -o remount,bind,noexec "$2" && shift 2 && exec "$@"';
    const inNamespace = [...underNoexec(temporaryFolder(), []), "sh", "-c", script, "sh", folder, bound];
    expect(await run([...inNamespace, INC, main])).toMatchObject({ status: 0, stdout: "yes\nend\n" });
    const { status, stdout, stderr } = await run([...inNamespace, ...under("-f", main)]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "yes\n" });
    expect(stderr).toContain("is mounted noexec");
  });

  test("is relative to the importing file, and names a cycle", async () => {
    mkdirSync(join(folder, "lib"));
    makeFile(join(folder, "lib/a.inc"), 0o755, 'import "b.inc"\n');
    makeFile(join(folder, "lib/b.inc"), 0o755, 'import "a.inc"\n');
    makeFile(main, 0o755, 'import "lib/a.inc"\n');
    const { status, stderr } = await run([INC, main], { cwd: "/" });
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}/lib/a.inc → ${folder}/lib/b.inc → ${folder}/lib/a.inc`);
  });

  test("of something that is not text says where", async () => {
    makeFile(join(folder, "yes.inc"), 0o755, Buffer.from("\xff", "latin1"));
    const { status, stderr } = await run([INC, main]);
    expect(status).toBe(1);
    expect(stderr).toContain("yes.inc: this is not valid UTF-8, at byte 0");
  });
});

describe("INC_INIT", () => {
  test("runs before anything else, in a scope of its own", async () => {
    const env = { INC_INIT: 'let hidden = 1\nprint "init"' };
    expect(await run([INC, "-c", 'print "main"'], { env })).toMatchObject({
      status: 0,
      stdout: "init\nmain\n",
    });
    expect(await run([INC, "-c", "print hidden"], { env })).toMatchObject({ status: 1 });
  });

  test("is a snippet: under DENY_INTERACTIVE nothing runs", async () => {
    const file = makeFile(join(temporaryFolder(), "x.inc"), 0o755, 'print "main"\n');
    const { status, stdout, stderr } = await run(under("-i", file), { env: { INC_INIT: 'print "init"' } });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(
      "INC_INIT: refused: code that is in no file, under SECBIT_EXEC_DENY_INTERACTIVE",
    );
  });

  test("a script that is refused finds it not yet run", async () => {
    const file = makeFile(join(temporaryFolder(), "x.inc"), 0o644, 'print "main"\n');
    const outcome = await run(under("-f", file), { env: { INC_INIT: 'print "init"' } });
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
  });

  test("is bytes: if they are not UTF-8 it is an error, and nothing runs", async () => {
    const { status, stdout, stderr } = await shell(`INC_INIT=$'print "\\xff"' "$1" -c 'print 1'`, [INC]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe("inc: INC_INIT: this is not valid UTF-8, at byte 7\n");
  });

  test("is nothing when empty, and for a question", async () => {
    expect(await run([INC, "-c", "print 1"], { env: { INC_INIT: "" } })).toMatchObject({ stdout: "1\n" });
    const asked = await run(under("-i", "--version"), { env: { INC_INIT: "+" } });
    expect(asked).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("INC_STARTUP", () => {
  const typing = [
    { after: "inc> ", type: "print greeting\r" },
    { after: /\n[^\n]*\n.*inc> /s, type: END_OF_INPUT },
  ];

  test("runs before the prompt, in its scope", async () => {
    const INC_STARTUP = makeFile(join(temporaryFolder(), "rc.inc"), 0o755, 'let greeting = "hel" + "lo"\n');
    const { status, output } = await runInTerminal([INC], typing, { env: { INC_STARTUP } });
    expect(status).toBe(0);
    expect(output).toContain("\nhello\n");
  });

  test("is a file: refused under RESTRICT_FILE when it is not executable, before any prompt", async () => {
    const INC_STARTUP = makeFile(join(temporaryFolder(), "rc.inc"), 0o644, 'let greeting = "hel" + "lo"\n');
    const { status, output } = await runInTerminal(under("-f"), [], { env: { INC_STARTUP } });
    expect(status).toBe(1);
    expect(output).toContain("refused: a regular file");
    expect(output).not.toContain("inc> ");
  });

  test("is bytes: a path that is not UTF-8 is opened", async () => {
    const folder = temporaryFolder();
    const start = `echo 'let greeting = "hel" + "lo"' >"$0"/$'caf\\xe9'; INC_STARTUP="$0"/$'caf\\xe9' exec "$1"`;
    const { output } = await runInTerminal(["bash", "-c", start, folder, INC], typing);
    expect(output).toContain("\nhello\n");
  });

  test("is not run for a script", async () => {
    const INC_STARTUP = makeFile(join(temporaryFolder(), "rc.inc"), 0o755, 'print "rc"\n');
    expect(await run([INC, "-c", "print 1"], { env: { INC_STARTUP } })).toMatchObject({ stdout: "1\n" });
  });
});
