/** Attacks that depend on a moment, a descriptor or a limit. The others are in attacks.ts. */
import { spawn } from "node:child_process";
import { readdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC, UNHARDENED_INC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";
import { makeDen } from "./den.ts";
import { compileLibrary, compileProgram } from "./library.ts";
import { observe } from "./observe.ts";

interface Signalled {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** Sockets that the process held while it ran, other than its standard streams. */
  readonly sockets: readonly string[];
}

/** Sends SIGUSR1 at short intervals to a script that waits for its input, beginning at once or when it waits. */
function signalled(inc: string, isFromTheStart: boolean): Promise<Signalled> {
  const child = spawn(inc, ["-c", 'print "ready"\n?\n'], { stdio: "pipe" });
  let stderr = "";
  const sockets = new Set<string>();
  let sent = 0;
  const send = () => {
    for (const socket of socketsOf(child.pid as number)) sockets.add(socket);
    if (++sent > 40) child.stdin.end("1\n");
    else if (child.exitCode === null && child.signalCode === null && child.kill("SIGUSR1"))
      setTimeout(send, 3);
  };
  child.stdin.on("error", () => {});
  child.stderr.on("data", (data) => {
    stderr += data;
    if (!isFromTheStart && sent === 0) send();
  });
  if (isFromTheStart) send();
  return new Promise((resolve) =>
    child.on("close", (status, signal) => resolve({ status, signal, stderr, sockets: [...sockets] })),
  );
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder)
      .filter((fd) => Number(fd) > 2)
      .map((fd) => readlinkSync(join(folder, fd)))
      .filter((target) => target.startsWith("socket:"));
  } catch {
    // It has ended, or closed the descriptor just now.
    return [];
  }
}

describe("SIGUSR1", () => {
  test("in the middle of a run", async () => {
    const { stderr, sockets } = await signalled(INC, false);
    expect({ isOpen: /listening/.test(stderr), sockets }).toEqual({ isOpen: false, sockets: [] });
  });

  test("from the start on, ten times", async () => {
    for (let time = 0; time < 10; time++) {
      const { stderr, sockets } = await signalled(INC, true);
      expect({ isOpen: /listening/.test(stderr), sockets }).toEqual({ isOpen: false, sockets: [] });
    }
  });

  test("opens the inspector on a host that is not hardened", async () => {
    const { stderr, sockets } = await signalled(UNHARDENED_INC, false);
    expect(stderr).toMatch(/Debugger listening/);
    expect(sockets).not.toEqual([]);
  });
});

test("a HOME that is swapped while it starts", async () => {
  const den = makeDen(compileLibrary());
  symlinkSync(den.at("home"), den.at("swapped"));
  const swap = setInterval(() => {
    symlinkSync(den.at("node_modules"), den.at("next"));
    renameSync(den.at("next"), den.at("swapped"));
  }, 1);
  try {
    for (let time = 0; time < 10; time++) {
      const env = { HOME: den.at("swapped"), TMPDIR: den.at("swapped"), XDG_CACHE_HOME: den.at("swapped") };
      const { status, stdout } = await observe(den, { argv: [INC, den.at("victim.inc")], env });
      expect({ status, stdout, wasRun: den.wasRun() }).toEqual({ status: 0, stdout: "1\n", wasRun: false });
    }
  } finally {
    clearInterval(swap);
  }
  expect(den.added().filter((file) => !/^(swapped|next)/.test(file))).toEqual([]);
});

test("no argv at all, not even a name", async (context) => {
  const launcher = compileProgram("int main(int c, char **v) { execv(v[1], 0); return 99; }");
  if (launcher === undefined) skipWithReason(context, "no C compiler: nobody leaves the name out");
  expect(await run([launcher, INC], { input: "+\n" })).toMatchObject({
    status: 0,
    stdout: "1\n",
    stderr: "",
  });
});

test("an addon in the folder it is started from, and in the one that a link to it stands in", async () => {
  const library = compileLibrary();
  const den = makeDen(library, (at) => symlinkSync(INC, at("inc")));
  const { gains, stdout } = await observe(den, { argv: [den.at("inc"), den.at("victim.inc")] });
  expect({ gains, stdout }).toEqual({ gains: [], stdout: "1\n" });
});

test("LD_PRELOAD loads what it names, as it does for any program: the system has to forbid it", async () => {
  const library = compileLibrary();
  if (library === undefined) return;
  const den = makeDen(library);
  await observe(den, { argv: [INC, den.at("victim.inc")], env: { LD_PRELOAD: den.at("provider.so") } });
  expect(den.wasRun()).toBe(true);
});

describe("descriptors", () => {
  test.each(["0<&-", "1>&-", "2>&-", "0<&- 1>&-", "0<&- 2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"])(
    "closed: %s",
    async (closed) => {
      const path = makeFile(join(temporaryFolder(), "s.inc"), 0o755, '+\nprint "end"\n');
      const { status, stdout, stderr } = await shell(`"$@" ${closed}`, [INC, path]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toBe(closed.includes("1>&-") ? "" : "1\nend\n");
    },
  );

  test("3 to 20 inherited: neither read, nor written, nor run", async () => {
    const folder = temporaryFolder();
    const path = makeFile(join(folder, "s.inc"), 0o755, '+\nprint "end"\n');
    const code = makeFile(join(folder, "code"), 0o755, 'print "from a descriptor"\n');
    const opened = Array.from({ length: 18 }, (_, index) => `exec ${index + 3}<>${code}`).join("; ");
    const ask = 'p=$(cat /proc/self/fdinfo/9 | grep pos); echo "$p"';
    const { stdout } = await shell(`${opened}; "$@"; ${ask}`, [INC, path]);
    expect(stdout).toBe("1\nend\npos:\t0\n");
    expect((await run(["cat", code])).stdout).toBe('print "from a descriptor"\n');
  });

  test("NODE_CHANNEL_FD names one: no message is taken from it, and none sent", async () => {
    const [folder, message] = [temporaryFolder(), '{"cmd":"NODE_DEBUG_ENABLED"}\n'];
    const path = makeFile(join(folder, "s.inc"), 0o755, "+\n");
    const channel = makeFile(join(folder, "channel"), 0o644, message);
    for (const fd of ["0", "1", "2", "3", "4", "99", "-1", "x", ""]) {
      const command = `NODE_CHANNEL_FD='${fd}' "$1" "$2" 3<>"$3"`;
      const { stdout } = await shell(command, [INC, path, channel]);
      expect(["1\n", ""]).toContain(stdout);
      expect((await run(["cat", channel])).stdout).toBe(message);
    }
  });
});

describe("limits too small to start with: it ends, and nothing is run or written that should not be", () => {
  const CASES = [
    ...[0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24].map((files) => `--nofile=${files}`),
    ...[1, 16, 64, 256, 512, 1024, 2048].map((mebibytes) => `--as=${mebibytes * 2 ** 20}`),
    ...[4, 16, 64, 128, 256, 512, 1024].map((kibibytes) => `--stack=${kibibytes * 2 ** 10}`),
  ];

  test.each(CASES)("%s", async (limit) => {
    const den = makeDen(undefined, (at) => writeFileSync(at("refused.inc"), 'print "refused, but run"\n'));
    const argv = [SET_EXEC, "-f", "--", "prlimit", "--core=0", limit, INC, den.at("refused.inc")];
    const { gains, isHung, status, signal, stdout } = await observe(den, { argv });
    expect({ gains, isHung, stdout }).toEqual({ gains: [], isHung: false, stdout: "" });
    expect(status === 0 && signal === null).toBe(false);
  });
});
