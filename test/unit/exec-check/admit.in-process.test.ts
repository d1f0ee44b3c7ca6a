/**
 * Admission within this process: real files, the real check, and the bits as an option. Real bits and other users are in
 * admit.test.ts.
 */
import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import {
  AdmissionError,
  type AdmitOptions,
  admit,
  admitSession,
  examine,
  KernelError,
  linuxKernel,
  type Origin,
} from "../../../src/exec-check/exec-check.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { pipe, withStandardInput } from "../../support/libc.ts";

const RESTRICT_FILE = 0x100;
const DENY_INTERACTIVE = 0x400;
const TEXT = "print 1\n";

const script = (mode: number, text = TEXT) => makeFile(join(temporaryFolder(), "script"), mode, text);
const snippet = (text = TEXT) => ({ from: "snippet", name: "-c", text }) as const;

/** The descriptor that the next open would get: the same before and after, if nothing stayed open. */
const nextDescriptor = () => {
  const fd = openSync("/dev/null", "r");
  closeSync(fd);
  return fd;
};

function failureOf(origin: Origin, options: AdmitOptions): AdmissionError {
  try {
    admit(origin, options);
  } catch (error) {
    if (error instanceof AdmissionError) return error;
    throw error;
  }
  throw new Error("it was admitted");
}

beforeEach(needsCheck);

describe("a path", () => {
  test("gives its text, name, source and identity, and leaves nothing open", () => {
    const path = script(0o755);
    const { dev, ino } = statSync(path, { bigint: true });
    const before = nextDescriptor();
    const code = admit({ from: "path", path }, { securebits: RESTRICT_FILE });
    expect(Buffer.from(code.bytes).toString()).toBe(TEXT);
    expect(code).toMatchObject({ source: "file", name: path, identity: `${dev}:${ino}` });
    expect(nextDescriptor()).toBe(before);
  });

  test("as bytes", () => {
    const path = Buffer.from(script(0o755));
    expect(admit({ from: "path", path: Uint8Array.from(path) }).name).toBe(path.toString());
  });

  test("held open until it is released, once", () => {
    const before = nextDescriptor();
    const code = admit({ from: "path", path: script(0o755) }, { hold: true });
    expect(fstatSync(before).isFile()).toBe(true);
    code.release();
    expect(nextDescriptor()).toBe(before);
    const other = openSync("/dev/null", "r");
    code.release();
    expect(fstatSync(other).isCharacterDevice()).toBe(true);
    closeSync(other);
  });

  test("that is not to run is refused under its bit alone, and closed though it was to be held", () => {
    const path = script(0o644);
    const before = nextDescriptor();
    const { failure } = failureOf({ from: "path", path }, { securebits: RESTRICT_FILE, hold: true });
    expect(failure).toMatchObject({
      is: "refused",
      source: "file",
      name: path,
      kind: "regular file",
      check: 13,
      because: ["SECBIT_EXEC_RESTRICT_FILE"],
      cause: { is: expect.any(String) },
    });
    expect(nextDescriptor()).toBe(before);
    expect(admit({ from: "path", path }, { securebits: DENY_INTERACTIVE }).source).toBe("file");
  });

  test("that is not a regular file is a stream", () => {
    const device = { from: "path", path: "/dev/null" } as const;
    expect(admit(device, { securebits: 0 }).source).toBe("stream");
    for (const securebits of [RESTRICT_FILE, DENY_INTERACTIVE])
      expect(failureOf(device, { securebits }).failure).toMatchObject({ is: "refused", source: "stream" });
  });

  test("a directory is unreadable where it is not refused", () => {
    const path = temporaryFolder();
    const { failure } = failureOf({ from: "path", path }, { securebits: 0 });
    expect(failure).toEqual({ is: "unreadable", name: path, call: "read", errno: 21 });
  });

  test("that is not there", () => {
    const path = join(temporaryFolder(), "none");
    expect(failureOf({ from: "path", path }, {}).failure).toEqual({
      is: "unreadable",
      name: path,
      call: "open",
      errno: 2,
    });
  });

  test("that holds a NUL cannot be opened", () => {
    expect(failureOf({ from: "path", path: "a\0b" }, {}).failure).toMatchObject({ call: "open", errno: 22 });
  });

  test("its name is made fit to print", () => {
    const path = join(dirname(script(0o755)), "a\u001bb");
    makeFile(path, 0o755);
    expect(basename(admit({ from: "path", path }).name)).toBe("a\\x1bb");
  });
});

describe("size", () => {
  test.each([
    ["path", (text: string): Origin => ({ from: "path", path: script(0o755, text) })],
    ["snippet", (text: string): Origin => snippet(text)],
  ])("of a %s", (_, origin) => {
    expect(admit(origin("12345"), { maxBytes: 5 }).bytes.length).toBe(5);
    expect(failureOf(origin("123456"), { maxBytes: 5 }).failure).toMatchObject({
      is: "too large",
      maxBytes: 5,
    });
  });

  test("32 MiB where none is given", () => {
    const most = 32 * 1024 * 1024;
    expect(admit(snippet("#".repeat(most))).bytes.length).toBe(most);
    expect(failureOf(snippet("#".repeat(most + 1)), {}).failure).toMatchObject({
      is: "too large",
      maxBytes: most,
    });
  });
});

describe("a snippet", () => {
  test("gives its text, and has no identity", () => {
    const code = admit(snippet(), { securebits: RESTRICT_FILE });
    expect(code).toMatchObject({ source: "snippet", name: "-c", identity: undefined });
    expect(Buffer.from(code.bytes).toString()).toBe(TEXT);
  });

  test("is refused with nothing to check, and no cause", () => {
    expect(failureOf(snippet(), { securebits: DENY_INTERACTIVE }).failure).toEqual({
      is: "refused",
      source: "snippet",
      name: "-c",
      kind: undefined,
      check: "nothing",
      cause: undefined,
      because: ["SECBIT_EXEC_DENY_INTERACTIVE"],
    });
  });
});

describe("the kernel that is asked", () => {
  const asked: unknown[] = [];
  const kernel = {
    execveatCheck(fd: number, argv: readonly Uint8Array[]) {
      asked.push([fstatSync(fd).isFile(), argv.map((text) => Buffer.from(text).toString())]);
      return 13;
    },
    getSecurebits: () => RESTRICT_FILE,
  };
  beforeEach(() => {
    asked.length = 0;
  });

  test("is the one that was given, about bits and file, with the argv of an execution", () => {
    const path = script(0o755);
    expect(
      failureOf({ from: "path", path, args: ["a", Buffer.from("b")] }, { kernel }).failure,
    ).toMatchObject({
      is: "refused",
      check: 13,
    });
    failureOf({ from: "path", path }, { kernel });
    expect(asked).toEqual([
      [true, [path, "a", "b"]],
      [true, [path]],
    ]);
  });

  test("is this process's own otherwise", () => {
    expect(linuxKernel.getSecurebits() & (RESTRICT_FILE | DENY_INTERACTIVE)).toBe(0);
    expect(examine({ from: "path", path: script(0o644) })).toMatchObject({
      check: 13,
      decision: { run: true },
    });
  });

  test("fails closed where the bits cannot be known, and passes on errors that are not the kernel's", () => {
    const error = new KernelError("prctl", { errno: 1 });
    const silent = {
      ...kernel,
      getSecurebits(): number {
        throw error;
      },
    };
    const { failure, message } = failureOf(snippet(), { kernel: silent });
    expect(failure).toEqual({ is: "unknown", error });
    expect(message).toBe(
      "the securebits cannot be known, so nothing runs: prctl: EPERM (operation not permitted)",
    );
    const broken = {
      ...kernel,
      getSecurebits(): number {
        throw new TypeError("ours");
      },
    };
    expect(() => admit(snippet(), { kernel: broken })).toThrow(TypeError);
  });
});

describe("a check that cannot be made at all", () => {
  const unable = (failure: { errno: number } | { reason: string }) => ({
    getSecurebits: () => 0,
    execveatCheck(): number {
      throw new KernelError("execveat", failure);
    },
  });

  test("fails closed where nothing is restricted, and is not said to be a matter of the bits", () => {
    const path = script(0o755);
    const { failure, message } = failureOf({ from: "path", path }, { kernel: unable({ errno: 1 }) });
    expect(failure).toMatchObject({ is: "unchecked", name: path, error: { call: "execveat", errno: 1 } });
    expect(message).toBe(
      `${path}: the check cannot be made, so nothing runs: execveat: EPERM (operation not permitted)`,
    );
  });

  test("for a reason without an errno: the message contains it", () => {
    const { message } = failureOf(
      { from: "path", path: script(0o755) },
      { kernel: unable({ reason: "no such thing here" }) },
    );
    expect(message).toBe("the kernel cannot be asked, so nothing runs: execveat: no such thing here");
  });

  test("closes what it opened", () => {
    const before = nextDescriptor();
    failureOf({ from: "path", path: script(0o755) }, { kernel: unable({ errno: 1 }) });
    expect(nextDescriptor()).toBe(before);
  });
});

describe("examine", () => {
  test("says what would be decided, with the cause, and closes", () => {
    const path = script(0o644);
    const before = nextDescriptor();
    const found = examine({ from: "path", path }, { securebits: RESTRICT_FILE });
    expect(found).toMatchObject({
      source: "file",
      name: path,
      kind: "regular file",
      check: 13,
      decision: { run: false, because: ["SECBIT_EXEC_RESTRICT_FILE"] },
      cause: { is: expect.any(String) },
    });
    expect(nextDescriptor()).toBe(before);
  });

  test("has no cause where the check passed, or there was none", () => {
    expect(examine({ from: "path", path: script(0o755) })).toMatchObject({ check: 0, cause: undefined });
    expect(examine(snippet())).toMatchObject({ check: "nothing", kind: undefined, cause: undefined });
  });
});

test("nothing but an admission makes admitted code or a session", () => {
  const code = admit(snippet());
  const Code = code.constructor as new (...of: unknown[]) => unknown;
  const of = { source: "file", name: "x" };
  expect(() => new Code(Symbol("admission"), of, Buffer.from(""))).toThrow("made by an admission alone");
  expect(Object.isFrozen(code)).toBe(true);
});

describe("standard input", () => {
  const STDIN = { from: "stdin" } as const;

  /** With a file as standard input, read up to here. */
  function reading<T>(path: string, position: number, act: () => T): T {
    const fd = openSync(path, "r");
    try {
      readSync(fd, Buffer.alloc(position), 0, position, null);
      return withStandardInput(fd, act);
    } finally {
      closeSync(fd);
    }
  }

  test("from an executable file gives its text, has no identity, and stays open", () => {
    const path = script(0o755);
    reading(path, 0, () => {
      const code = admit(STDIN, { securebits: DENY_INTERACTIVE, hold: true });
      expect(Buffer.from(code.bytes).toString()).toBe(TEXT);
      expect(code).toMatchObject({ source: "stdin", identity: undefined });
      code.release();
      expect(fstatSync(0).ino).toBe(statSync(path).ino);
    });
  });

  test("from the midst of an executable file is not that file", () => {
    const path = script(0o755, "first\nsecond\n");
    const refused = { securebits: DENY_INTERACTIVE };
    const { failure } = reading(path, 6, () => failureOf(STDIN, refused));
    expect(failure).toEqual({
      is: "refused",
      source: "stdin",
      name: "standard input",
      kind: "regular file",
      check: "nothing",
      cause: undefined,
      because: ["SECBIT_EXEC_DENY_INTERACTIVE"],
    });
    const { bytes } = reading(path, 6, () => admit(STDIN, { securebits: RESTRICT_FILE }));
    expect(Buffer.from(bytes).toString()).toBe("second\n");
  });

  test("is asked about once, and the bits with it, also where it does not stand at its beginning", () => {
    const asked: string[] = [];
    const answering = (call: string, answer: number) => () => {
      asked.push(call);
      return answer;
    };
    const kernel = {
      execveatCheck: answering("check", 0),
      getSecurebits: answering("securebits", DENY_INTERACTIVE),
    };
    const path = script(0o755, "first\nsecond\n");
    reading(path, 0, () => admit(STDIN, { kernel }));
    expect(asked.splice(0)).toEqual(["securebits", "check"]);
    reading(path, 6, () => failureOf(STDIN, { kernel }));
    expect(asked).toEqual(["securebits", "check"]);
  });

  test("from a pipe gives what comes through it", () => {
    const [end, start] = pipe();
    writeSync(start, TEXT);
    closeSync(start);
    const { bytes } = withStandardInput(end, () => admit(STDIN, { securebits: RESTRICT_FILE }));
    expect(Buffer.from(bytes).toString()).toBe(TEXT);
    closeSync(end);
  });

  test("that is a directory cannot be a session", () => {
    const path = temporaryFolder();
    reading(path, 0, () =>
      expect(() => admitSession(STDIN, { securebits: 0 })).toThrow(
        expect.objectContaining({
          failure: { is: "unreadable", name: "standard input", call: "read", errno: 21 },
        }),
      ),
    );
  });

  test("is checked by its link in /proc, and a session's lines are code of its own", () => {
    const asked: string[][] = [];
    const kernel = {
      execveatCheck(fd: number, argv: readonly Uint8Array[]) {
        asked.push([String(fd), ...argv.map((text) => Buffer.from(text).toString())]);
        return 0;
      },
      getSecurebits: () => DENY_INTERACTIVE,
    };
    const session = admitSession({ from: "stdin", args: ["a"] }, { kernel });
    expect(asked).toEqual([["0", "/proc/self/fd/0", "a"]]);
    const code = session.code("1 + 1\n");
    expect(Buffer.from(code.bytes).toString()).toBe("1 + 1\n");
    expect(code).toMatchObject({ source: "stdin", name: "standard input", identity: undefined });
    expect(Object.isFrozen(session)).toBe(true);
    const Session = session.constructor as new (...of: unknown[]) => unknown;
    expect(() => new Session(Symbol("admission"), {})).toThrow("made by an admission alone");
  });

  test("is refused where its check fails", () => {
    const kernel = { execveatCheck: () => 13, getSecurebits: () => DENY_INTERACTIVE };
    expect(() => admitSession({ from: "stdin" }, { kernel })).toThrow(AdmissionError);
  });
});
