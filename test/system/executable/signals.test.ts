/** Signals, exit statuses and streams, as with a C program; and what Node takes away before any code of ours runs. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { run, shell, starts } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";

/** Output is written before input is asked for: so a test knows that the script has started. */
const READY = 'print "ready"\n?\n';
const LOOP = `${READY}let n = 0\nwhile true { n = n + 1 }\n`;

function script(text: string): string {
  return makeFile(join(temporaryFolder(), "s.inc"), 0o755, text);
}

/** Starts a command, waits until it asks for input, sends a signal, and then gives it input if it is to go on. */
async function killed(argv: readonly string[], signal: NodeJS.Signals, input?: string) {
  const [command, ...args] = argv as [string, ...string[]];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const closed = once(child, "close");
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  await once(child.stdout, "data");
  if (input !== undefined) child.stdin.write(input);
  child.kill(signal);
  const [status, by] = await closed;
  return { ending: by ?? status, output };
}

describe("a signal that nobody handles ends it, and is what is reported", () => {
  test.each<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR2", "SIGKILL"])(
    "%s, in a loop",
    async (signal) => {
      const { ending } = await killed(["prlimit", "--core=0", INC, script(LOOP)], signal, "1\n");
      expect(ending).toBe(signal);
    },
  );

  test("SIGTERM, while it waits for input", async () => {
    expect((await killed([INC, script(READY)], "SIGTERM")).ending).toBe("SIGTERM");
  });

  test.each([
    ["inc", [INC]],
    ["inc under set-exec", [SET_EXEC, "-f", "--", INC]],
  ])("SIGPIPE, when its output is closed: %s", async (_, command) => {
    const endless = script('while true { print "x" }\n');
    const [program, ...args] = [...command, endless];
    const child = spawn(program as string, args, { stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await ended).toEqual([null, "SIGPIPE"]);
  });

  test.each<NodeJS.Signals>(["SIGINT", "SIGTERM"])("%s, what set-exec became", async (signal) => {
    const { ending } = await killed([SET_EXEC, "-f", "--", INC, script(LOOP)], signal, "1\n");
    expect(ending).toBe(signal);
  });
});

describe("exit statuses", () => {
  test.each([0, 1, 2, 42, 127, 128, 255])("exit %i", async (status) => {
    expect(await run([INC, script(`exit(${status})\n`)])).toMatchObject({ status, signal: null });
  });
});

describe("output is complete", () => {
  const LINES = 200_000;
  const much = `let n = 0\nwhile n < ${LINES} { n = n + 1\nprint n }\n`;

  test("through a slow pipe", async () => {
    const { stdout } = await shell('"$1" "$2" | { sleep 1; tail -n 1; }; echo $PIPESTATUS', [
      INC,
      script(much),
    ]);
    expect(stdout).toBe(`${LINES}\n0\n`);
  });

  test("through a slow pipe that does not wait (O_NONBLOCK)", async (context) => {
    if (!(await starts(["perl", "-v"]))) skipWithReason(context, "no perl to set the flag");
    const nonblock = "use Fcntl; fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK) or die; exec @ARGV";
    const { stdout } = await shell('perl -e "$3" "$1" "$2" | { sleep 1; tail -n 1; }; echo $PIPESTATUS', [
      INC,
      script(much),
      nonblock,
    ]);
    expect(stdout).toBe(`${LINES}\n0\n`);
  });

  test("into a file", async () => {
    const file = join(temporaryFolder(), "out");
    await shell('"$1" "$2" >"$3"', [INC, script(much), file]);
    expect(readFileSync(file, "utf8").split("\n").length).toBe(LINES + 1);
  });

  test("a full disk is an error", async () => {
    const { status, stderr } = await shell('"$1" -c + >/dev/full', [INC]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("ENOSPC") });
  });
});

describe("what Node takes away before any code of ours runs", () => {
  test("lost: a signal that the caller ignored ends it", async () => {
    const ignoring = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"];
    expect((await killed([...ignoring, INC, script(LOOP)], "SIGHUP", "1\n")).ending).toBe("SIGHUP");
  });

  test("lost: SIGUSR1 is blocked, so that it does nothing to inc", async () => {
    const going = await killed([INC, script(`${READY}print "end"\n`)], "SIGUSR1", "1\n");
    expect(going).toEqual({ ending: 0, output: "ready\nend\n" });
  });

  /** The signal fields of /proc/self/status in a command that set-exec becomes. */
  async function states(before: string): Promise<Record<string, bigint>> {
    const { stdout } = await shell(`${before}; exec "$1" -f -- cat /proc/self/status`, [SET_EXEC]);
    const fields = [...stdout.matchAll(/^(Sig\w+):\s+([0-9a-f]+)$/gm)];
    return Object.fromEntries(fields.map(([, name, bits]) => [name, BigInt(`0x${bits}`)]));
  }

  test("put back by set-exec: nothing is blocked, nothing ignored", async () => {
    expect(await states(":")).toMatchObject({ SigBlk: 0n, SigIgn: 0n });
  });

  test("lost: what the caller ignored is not ignored by what set-exec becomes", async () => {
    expect(await states('trap "" INT HUP')).toMatchObject({ SigIgn: 0n });
  });

  test("put back by set-exec: the soft limit on descriptors", async () => {
    const { stdout } = await shell('ulimit -Sn 300; "$1" -f -- sh -c "ulimit -Sn"; true', [SET_EXEC]);
    expect(stdout).toBe("300\n");
  });
});

describe("SIGINT stops what waits, after what was printed is written", () => {
  /** Interrupts a script that waits for a FIFO, whose writer writes nothing. Its first line on standard error says when. */
  async function interrupted(script: (fifo: string) => string, before = "") {
    const fifo = makeFifo(join(temporaryFolder(), "fifo"));
    const text = makeFile(join(temporaryFolder(), "s.inc"), 0o755, script(fifo));
    const command = `${before}exec 9<>"$2"; exec "$1" "$3" <"$2"`;
    const child = spawn("bash", ["-c", command, "bash", INC, fifo, text], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close");
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    await once(child.stderr, "data");
    await blocked(child.pid as number);
    child.kill("SIGINT");
    const [status, by] = await closed;
    return { ending: by ?? status, output };
  }

  /** Until the process sleeps in a system call on a pipe. */
  async function blocked(pid: number): Promise<void> {
    while (!/^(?:pipe_|anon_pipe_|fifo_|wait_for_partner)/.test(readFileSync(`/proc/${pid}/wchan`, "utf8")))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  test.each([
    ["read_line", () => "read_line()"],
    ["?", () => "?"],
    ["read_file", (fifo: string) => `read_file("${fifo}")`],
    ["an import", (fifo: string) => `import "${fifo}"`],
  ])("%s", async (_, wait) => {
    const ran = await interrupted((fifo) => `eprint("here")\nprint "printed"\n${wait(fifo)}\nprint "no"\n`);
    expect(ran).toEqual({ ending: "SIGINT", output: "printed\n" });
  });
});

describe("streams that take nothing", () => {
  const LINE = "inc: cannot write to standard output: ENOSPC (no space left on device)\n";

  test.each([
    ["at the end", "print 1\n"],
    ["with exit(0)", "print 1\nexit(0)\n"],
    ["before a read", "print 1\nread_line()\n"],
    ["with much to say", "while true { print 1 }\n"],
  ])("a full disk is an error %s", async (_, text) => {
    const { status, stderr } = await shell('"$1" "$2" >/dev/full </dev/null', [INC, script(text)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: LINE });
  });

  test("an error whose message nobody can read is one all the same", async () => {
    const text = script('print 1\nfail("x")\n');
    for (const stderr of ["/dev/full", "&-"])
      expect(await shell(`"$1" "$2" 2>${stderr}`, [INC, text])).toMatchObject({ status: 1, stdout: "1\n" });
  });

  test("eprint on a full standard error ends it with status 1, and what was printed is written", async () => {
    const text = script("print 1\neprint(2)\nprint 3\n");
    expect(await shell('"$1" "$2" 2>/dev/full', [INC, text])).toMatchObject({ status: 1, stdout: "1\n" });
  });
});
