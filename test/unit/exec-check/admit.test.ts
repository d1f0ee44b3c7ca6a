/** What `admit` lets through, on the real kernel under real bits. The order of its calls is in admit.calls.test.ts. */
import { closeSync, constants, linkSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { behindPipe } from "../../support/run.ts";
import { resultOf, scenes } from "../../support/scene.ts";
import { runInTerminal } from "../../support/terminal.ts";
import { needs, root, USERS, unprivileged } from "../../support/users.ts";

const { command, play } = scenes<typeof import("./admit.scenes.ts")>(
  new URL("./admit.scenes.ts", import.meta.url).href,
);

const EACCES = 13;
const O_PATH = 0o10000000;
const TEXT = "print 1\n";

const FILE = ["SECBIT_EXEC_RESTRICT_FILE"];
const INTERACTIVE = ["SECBIT_EXEC_DENY_INTERACTIVE"];
const BOTH = [...FILE, ...INTERACTIVE];

/** What happens in the modes 1, 2, 3 and 4. */
const ALWAYS = ["run", "run", "run", "run"];
const AS_FILE = ["run", FILE, "run", FILE];
const AS_STREAM = ["run", FILE, INTERACTIVE, BOTH];
const AS_STDIN = ["run", "run", INTERACTIVE, INTERACTIVE];

const STDIN = { from: "stdin" } as const;
const atPath = (path: string) => ({ from: "path", path }) as const;

beforeEach(needsCheck);

describe.each(USERS)("in the four modes, as $name", (user) => {
  beforeEach((context) => needs(context, user));

  const script = (mode: number) => makeFile(join(temporaryFolder(), "script"), mode, TEXT);
  const inModes = (place: Parameters<typeof play<"admitInModes">>[1][0], options = {}) =>
    play("admitInModes", [place], { user, ...options });

  test("an executable file always runs", async () => {
    expect(await inModes(atPath(script(0o755)))).toEqual(ALWAYS);
  });

  test("a file that is not executable", async () => {
    expect(await inModes(atPath(script(0o644)))).toEqual(AS_FILE);
  });

  test("an executable file on a noexec mount", async (context) => {
    await needsNoexec(context);
    const folder = temporaryFolder();
    const path = makeFile(join(folder, "script"), 0o755, TEXT);
    expect(await inModes(atPath(path), { wrap: (argv: string[]) => underNoexec(folder, argv) })).toEqual(
      AS_FILE,
    );
  });

  test.each([
    [1, "run"],
    [2, FILE],
    [3, INTERACTIVE],
    [4, BOTH],
  ] as const)("a named pipe in mode %i", async (mode, expected) => {
    const fifo = makeFifo(join(temporaryFolder(), "fifo"));
    const writer = '(printf "%s" "$1" >"$0") >/dev/null 2>&1 & shift; exec "$@"';
    const wrap = (argv: string[]) => ["sh", "-c", writer, fifo, TEXT, ...argv];
    const result = await play("admitInMode", [mode, atPath(fifo)], { user, wrap });
    expect(result).toMatchObject(
      expected === "run"
        ? { source: "stream", text: TEXT }
        : { failure: { is: "refused", source: "stream", kind: "pipe", check: EACCES, because: expected } },
    );
  });

  test("a device", async () => {
    expect(await inModes(atPath("/dev/null"))).toEqual(AS_STREAM);
  });

  test.each([1, 2, 3, 4] as const)("standard input from an executable file in mode %i", async (mode) => {
    // One descriptor for each admission: a file counts as one only from its beginning.
    await withOpen(script(0o755), async (stdin) =>
      expect(await play("admitInMode", [mode, STDIN], { user, stdin })).toMatchObject({ text: TEXT }),
    );
  });

  test("standard input from a file that is not executable", async () => {
    await withOpen(script(0o644), async (stdin) => expect(await inModes(STDIN, { stdin })).toEqual(AS_STDIN));
  });

  test("standard input from a pipe", async () => {
    expect(await inModes(STDIN, { input: TEXT, wrap: behindPipe })).toEqual(AS_STDIN);
  });

  test("standard input from a socket", async () => {
    expect(await inModes(STDIN, { input: TEXT })).toEqual(AS_STDIN);
  });

  test("standard input from a device", async () => {
    expect(await inModes(STDIN)).toEqual(AS_STDIN);
  });

  test("standard input from a terminal", async () => {
    const { output, status } = await runInTerminal(command("examineInModes", [STDIN], user), []);
    const examinations = resultOf<{ kind: string; decision: object }[]>({
      status,
      stdout: output,
      stderr: output,
    });
    expect(examinations.map(({ kind }) => kind)).toEqual(["terminal", "terminal", "terminal", "terminal"]);
    expect(examinations.map(({ decision }) => decision)).toEqual([
      { run: true },
      { run: true },
      { run: false, because: INTERACTIVE },
      { run: false, because: INTERACTIVE },
    ]);
  });

  test("a terminal by its path is a stream", async () => {
    const { output, status } = await runInTerminal(command("examineInModes", [atPath("/dev/tty")], user), []);
    const examinations = resultOf<{ source: string; kind: string }[]>({
      status,
      stdout: output,
      stderr: output,
    });
    expect(examinations).toMatchObject(Array(4).fill({ source: "stream", kind: "terminal", check: EACCES }));
  });

  test("a snippet", async () => {
    expect(await inModes({ from: "snippet", name: "-c", text: TEXT })).toEqual(AS_STDIN);
  });

  test("an executable file by /dev/stdin is a file", async () => {
    await withOpen(script(0o755), async (stdin) =>
      expect(await inModes(atPath("/dev/stdin"), { stdin })).toEqual(ALWAYS),
    );
  });
});

describe("a pipe by /dev/stdin", () => {
  test("is a stream", async () => {
    const result = await play("admitInMode", [1, atPath("/dev/stdin")], { input: TEXT, wrap: behindPipe });
    expect(result).toEqual({ source: "stream", name: "/dev/stdin", text: TEXT, identity: expect.anything() });
    const refused = await play("admitInMode", [3, atPath("/dev/stdin")], { input: TEXT, wrap: behindPipe });
    expect(refused).toMatchObject({ failure: { is: "refused", source: "stream", because: INTERACTIVE } });
  });

  test("that another user made cannot be opened, which is not a refusal", async (context) => {
    needs(context, root);
    const result = await play("admitInMode", [4, atPath("/dev/stdin")], {
      user: unprivileged,
      input: TEXT,
      wrap: behindPipe,
    });
    expect(result).toMatchObject({ failure: { is: "unreadable", call: "open", errno: EACCES } });
  });
});

describe("what comes out", () => {
  test("is the file's bytes, whatever they are", async () => {
    const everything = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString("latin1");
    const path = makeFile(join(temporaryFolder(), "script"), 0o755, Buffer.from(everything, "latin1"));
    const result = await play("admitInMode", [4, atPath(path)]);
    const { dev, ino } = statSync(path, { bigint: true });
    expect(result).toEqual({ source: "file", name: path, text: everything, identity: `${dev}:${ino}` });
  });

  test("is all of a file that takes several reads, and of an empty one", async () => {
    const folder = temporaryFolder();
    const text = "0123456789abcdef".repeat(20_000);
    const large = makeFile(join(folder, "large"), 0o755, text);
    expect(await play("admitInMode", [4, atPath(large)])).toMatchObject({ text });
    const empty = makeFile(join(folder, "empty"), 0o755);
    expect(await play("admitInMode", [4, atPath(empty)])).toMatchObject({ text: "" });
  });

  describe("of standard input", () => {
    const path = () => makeFile(join(temporaryFolder(), "script"), 0o755, "#!first line\nsecond line\n");
    const behindFirstLine = (argv: string[]) => ["sh", "-c", 'read -r line; exec "$@"', "sh", ...argv];

    test("has no identity, and its name says what it is", async () => {
      await withOpen(path(), async (stdin) => {
        const result = await play("admitInMode", [4, STDIN], { stdin });
        const text = "#!first line\nsecond line\n";
        expect(result).toEqual({ source: "stdin", name: "standard input", text });
      });
    });

    test.each([1, 2] as const)("begins where that stands, in mode %i", async (mode) => {
      await withOpen(path(), async (stdin) => {
        const result = await play("admitInMode", [mode, STDIN], { stdin, wrap: behindFirstLine });
        expect(result).toMatchObject({ text: "second line\n" });
      });
    });

    test.each([3, 4] as const)("is not a part of an executable file, in mode %i", async (mode) => {
      await withOpen(path(), async (stdin) => {
        const result = await play("admitInMode", [mode, STDIN], { stdin, wrap: behindFirstLine });
        expect(result).toMatchObject({
          failure: { is: "refused", source: "stdin", check: "nothing", because: INTERACTIVE },
          message: expect.stringContaining("a part of a file"),
        });
      });
    });
  });

  test("of a snippet is its text", async () => {
    const result = await play("admitInMode", [1, { from: "snippet", name: "-c", text: "\xe9\0x" }]);
    expect(result).toEqual({ source: "snippet", name: "-c", text: "\xe9\0x" });
  });

  test("waits for a non-blocking standard input that has nothing yet", async () => {
    const wrap = (argv: string[]) => ["sh", "-c", '(sleep 0.3; printf "%s" "$0") | "$@"', TEXT, ...argv];
    expect(await play("admitNonBlocking", [], { wrap })).toMatchObject({ text: TEXT });
  });

  test("is one identity for all names of a file, and another for another file", async () => {
    const folder = temporaryFolder();
    const one = makeFile(join(folder, "one"), 0o755, TEXT);
    const other = makeFile(join(folder, "other"), 0o755, TEXT);
    linkSync(one, join(folder, "link"));
    const [first, link, again, second] = await play("identities", [[one, join(folder, "link"), one, other]]);
    expect([link, again]).toEqual([first, first]);
    expect(second).not.toBe(first);
  });
});

describe("the file that was checked is the file that is read", () => {
  const two = (mode: number, otherMode: number) => {
    const folder = temporaryFolder();
    const path = makeFile(join(folder, "script"), mode, "first");
    return [path, makeFile(join(folder, "other"), otherMode, "second")] as const;
  };

  test("when a file that may not run takes the place of one that may", async () => {
    expect(await play("admitSwapped", [4, ...two(0o755, 0o644)])).toMatchObject({ text: "first" });
  });

  test("when a file that may run takes the place of one that may not", async () => {
    const result = await play("admitSwapped", [4, ...two(0o644, 0o755)]);
    expect(result).toMatchObject({ failure: { is: "refused", check: EACCES } });
  });
});

describe("no code", () => {
  test.each([
    ["a name that is not there", "/no/such/file", "ENOENT (no such file or directory)"],
    ["an empty name", "", "ENOENT (no such file or directory)"],
    ["a name under a file", "/dev/null/file", "ENOTDIR (not a directory)"],
    ["a name that is too long", `/${"x".repeat(256)}`, "ENAMETOOLONG (name too long)"],
    ["a name that holds a NUL byte", "a\0b", "EINVAL (invalid argument)"],
  ])("%s", async (_, path, reason) => {
    const result = await play("admitInMode", [4, atPath(path)]);
    const name = path === "a\0b" ? String.raw`a\x00b` : path;
    expect(result).toMatchObject({
      failure: { is: "unreadable", call: "open", name },
      message: `${name}: cannot open: ${reason}`,
    });
  });

  test("a file that may not be read, though it may be executed", async (context) => {
    needs(context, root);
    const path = makeFile(join(temporaryFolder(), "script"), 0o711, TEXT);
    const result = await play("admitInMode", [1, atPath(path)], { user: unprivileged });
    expect(result).toMatchObject({ failure: { is: "unreadable", call: "open", errno: EACCES } });
  });

  test("a directory: read as one where nothing is restricted, refused where it is", async () => {
    const path = join(temporaryFolder(), "directory");
    mkdirSync(path);
    const result = await play("admitInMode", [1, atPath(path)]);
    expect(result).toMatchObject({
      message: `${path}: cannot read: EISDIR (illegal operation on a directory)`,
    });
    const refused = await play("admitInMode", [2, atPath(path)]);
    expect(refused).toMatchObject({ failure: { is: "refused", kind: "directory", check: EACCES } });
  });

  test("an O_PATH descriptor as standard input: passes the check, and cannot be read", async () => {
    const path = makeFile(join(temporaryFolder(), "script"), 0o755, TEXT);
    await withOpen(
      path,
      async (stdin) => {
        const result = await play("admitInMode", [4, STDIN], { stdin });
        expect(result).toMatchObject({ failure: { is: "unreadable", call: "read" } });
      },
      O_PATH,
    );
  });

  describe("more than maxBytes", () => {
    const path = () => makeFile(join(temporaryFolder(), "script"), 0o755, "12345");

    test("of a file", async () => {
      expect(await play("admitInMode", [4, atPath(path()), { maxBytes: 5 }])).toMatchObject({
        text: "12345",
      });
      const result = await play("admitInMode", [4, atPath(path()), { maxBytes: 4 }]);
      expect(result).toMatchObject({ failure: { is: "too large", maxBytes: 4 } });
    });

    test("of a snippet", async () => {
      const snippet = { from: "snippet", name: "-c", text: "12345" } as const;
      expect(await play("admitInMode", [1, snippet, { maxBytes: 5 }])).toMatchObject({ text: "12345" });
      const result = await play("admitInMode", [1, snippet, { maxBytes: 4 }]);
      expect(result).toMatchObject({ failure: { is: "too large" } });
    });

    test("of what has no end: by default 32 MiB", async () => {
      const result = await play("admitInMode", [1, atPath("/dev/zero")]);
      expect(result).toMatchObject({ failure: { is: "too large", maxBytes: 32 * 1024 * 1024 } });
    });
  });
});

describe("bytes that are not UTF-8", () => {
  test("name a file, and are shown escaped", async () => {
    const folder = temporaryFolder();
    makeFile(Buffer.from(`${folder}/caf\xe9`, "latin1"), 0o755, TEXT);
    const result = await play("admitInMode", [4, atPath(`${folder}/caf\xe9`)]);
    expect(result).toMatchObject({ name: String.raw`${folder}/caf\xe9`, text: TEXT });
  });
});

describe("descriptors", () => {
  const path = (mode = 0o755) => makeFile(join(temporaryFolder(), "script"), mode, TEXT);
  const around = (...args: Parameters<typeof play<"descriptorsAround">>[1]) =>
    play("descriptorsAround", args);

  test("are closed after reading", async () => {
    expect(await around(atPath(path()), false)).toEqual({ admitted: "yes", held: [], same: true });
  });

  test("are held until released, and reach no child", async () => {
    expect(await around(atPath(path()), true)).toEqual({ admitted: "yes", held: [true], same: true });
  });

  test.each([
    ["is refused", 0o644, { mode: 2 }, "refused"],
    ["is too large", 0o755, { maxBytes: 1 }, "too large"],
  ] as const)("are closed where code %s, held or not", async (_, mode, options, admitted) => {
    for (const hold of [false, true]) {
      expect(await around(atPath(path(mode)), hold, options)).toEqual({ admitted, held: [], same: true });
    }
  });

  test("are closed where it is a directory", async () => {
    expect(await around(atPath("/"), true)).toEqual({ admitted: "unreadable", held: [], same: true });
  });

  test("of standard input stay open", async () => {
    await withOpen(path(), async (stdin) => {
      const result = await play("descriptorsAround", [STDIN, true], { stdin });
      expect(result).toEqual({ admitted: "yes", held: [], same: true });
    });
  });
});

describe("a session", () => {
  test("is admitted without reading, and its lines are code", async () => {
    const path = makeFile(join(temporaryFolder(), "script"), 0o644, TEXT);
    await withOpen(path, async (stdin) => {
      const result = await play("session", [2, "caf\u00e9"], { stdin });
      expect(result).toEqual({ source: "stdin", name: "standard input", text: "caf\xc3\xa9", position: "0" });
    });
  });

  test("is refused as standard input is", async () => {
    const result = await play("session", [3, TEXT], { input: "", wrap: behindPipe });
    expect(result).toMatchObject({ failure: { is: "refused", source: "stdin", because: INTERACTIVE } });
  });
});

test("the bits are asked at each admission, unless the caller says them", async () => {
  const path = makeFile(join(temporaryFolder(), "script"), 0o644, TEXT);
  expect(await play("bitsAskedAnew", [path])).toEqual(["run", "refused", "run"]);
});

async function withOpen(
  path: string,
  act: (fd: number) => Promise<void>,
  flags: number = constants.O_RDONLY,
): Promise<void> {
  const fd = openSync(path, flags);
  try {
    await act(fd);
  } finally {
    closeSync(fd);
  }
}
