/** Facts about the check on the running kernel that `admit` relies on. */
import { chownSync, constants, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, type TestContext, test } from "vitest";
import { makeFifo, makeFile, ownedBy, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { landlockVersion } from "../../support/libc.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { scenes } from "../../support/scene.ts";
import { skipWithReason } from "../../support/skip.ts";
import { NOBODY, needs, root, unprivileged } from "../../support/users.ts";

const { play } = scenes<typeof import("./kernel.check-facts.scenes.ts")>(
  new URL("./kernel.check-facts.scenes.ts", import.meta.url).href,
);

const O_PATH = 0o10000000;
const ELF = readFileSync("/proc/self/exe").subarray(0, 4096).toString("latin1");

/** Contents that could not be executed, and one that could. */
const CONTENTS = {
  "an empty file": "",
  "an ELF file": ELF,
  "a cut-off ELF file": ELF.slice(0, 10),
  "a text": "print 1\n",
  "a script whose interpreter is not there": "#!/no/such/interpreter\n",
  "a file of NUL bytes": "\0".repeat(64),
};

const KINDS = Object.keys(CONTENTS) as (keyof typeof CONTENTS)[];

/** One file of each content, with this mode. */
function makeFiles(folder: string, mode: number): string[] {
  return KINDS.map((kind) => makeFile(join(folder, kind), mode, Buffer.from(CONTENTS[kind], "latin1")));
}

async function noexecFolder(context: TestContext) {
  await needsNoexec(context);
  const folder = temporaryFolder();
  return { folder, wrap: (argv: string[]) => underNoexec(folder, argv) };
}

const all = (answer: string) => KINDS.map(() => answer);

beforeEach(needsCheck);

/** The kernel asks differently of root, of root without its capabilities, and of anyone else. */
const ASKERS = [
  { who: "root", user: root, capabilities: "kept" },
  { who: "root without capabilities", user: root, capabilities: "dropped" },
  { who: "an unprivileged user", user: unprivileged, capabilities: "kept" },
] as const;

describe.each(ASKERS)("asked by $who", ({ user, capabilities }) => {
  beforeEach((context) => needs(context, user));

  describe("a regular file, whatever is in it", () => {
    test("passes with execute permission", async () => {
      const paths = makeFiles(temporaryFolder(), 0o755);
      expect(await play("checkPaths", [paths, { capabilities }], { user })).toEqual(all("ok"));
    });

    test("without it: EACCES", async () => {
      const paths = makeFiles(temporaryFolder(), 0o644);
      expect(await play("checkPaths", [paths, { capabilities }], { user })).toEqual(all("EACCES"));
    });

    test.for([0o755, 0o644])("with mode %o on a noexec mount: EACCES", async (mode, context) => {
      const { folder, wrap } = await noexecFolder(context);
      const paths = makeFiles(folder, mode);
      expect(await play("checkPaths", [paths, { capabilities }], { user, wrap })).toEqual(all("EACCES"));
    });
  });

  describe("a memfd, whatever is in it", () => {
    const MEMFDS = [
      { mode: 0o777, answer: "ok" },
      { mode: 0o700, answer: "ok" },
      { mode: 0o600, answer: "EACCES" },
      { mode: 0o666, answer: "EACCES" },
    ];

    test.each(MEMFDS)("with mode $mode: $answer", async ({ mode, answer }) => {
      const memfds = KINDS.map((kind) => ({ mode, content: CONTENTS[kind] }));
      expect(await play("checkMemfds", [memfds, { capabilities }], { user })).toEqual(all(answer));
    });

    test("does not stand on the noexec mount that the process sees", async (context) => {
      const { wrap } = await noexecFolder(context);
      const memfds = [0o700, 0o600].map((mode) => ({ mode, content: "" }));
      expect(await play("checkMemfds", [memfds, { capabilities }], { user, wrap })).toEqual(["ok", "EACCES"]);
    });

    test("passes by default, and not when sealed against it", async (context) => {
      const sysctl = "/proc/sys/vm/memfd_noexec";
      if (readFileSync(sysctl, "utf8") !== "0\n") skipWithReason(context, `${sysctl} is not 0`);
      const [MFD_NOEXEC_SEAL, MFD_EXEC] = [8, 16];
      const memfds = [0, MFD_EXEC, MFD_NOEXEC_SEAL].map((flags) => ({ flags, content: "print 1\n" }));
      const answers = await play("checkMemfds", [memfds, { capabilities }], { user });
      expect(answers).toEqual(["ok", "ok", "EACCES"]);
    });
  });

  describe("EACCES for anything but a regular file", () => {
    test.each([0o755, 0o777])("a directory of mode %o", async (mode) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, "directory"), { mode });
      const answers = await play("checkPaths", [["/", folder, join(folder, "directory")], { capabilities }], {
        user,
      });
      expect(answers).toEqual(["EACCES", "EACCES", "EACCES"]);
    });

    test("a named pipe", async () => {
      const fifo = makeFifo(join(temporaryFolder(), "fifo"));
      expect(await play("checkPaths", [[fifo], { capabilities }], { user })).toEqual(["EACCES"]);
    });

    test("a character device", async () => {
      const answers = await play("checkPaths", [["/dev/null", "/dev/zero"], { capabilities }], { user });
      expect(answers).toEqual(["EACCES", "EACCES"]);
    });

    test("a block device", async (context) => {
      const device = readdirSync("/dev")
        .map((name) => join("/dev", name))
        .find((path) => statSync(path, { throwIfNoEntry: false })?.isBlockDevice());
      if (device === undefined) return skipWithReason(context, "there is no block device in /dev");
      // Only root may read one; the check does not need that.
      const flags = user === root && capabilities === "kept" ? constants.O_RDONLY : O_PATH;
      expect(await play("checkPaths", [[device], { capabilities, flags }], { user })).toEqual(["EACCES"]);
    });

    test("a file of /proc or /sys", async () => {
      const paths = ["/proc/self/status", "/proc/version", "/sys/devices/system/cpu/online"];
      const answers = await play("checkPaths", [paths, { capabilities }], { user });
      expect(answers).toEqual(["EACCES", "EACCES", "EACCES"]);
    });
  });

  test("a link of /proc is what it leads to", async () => {
    expect(await play("checkPaths", [["/proc/self/exe"], { capabilities }], { user })).toEqual(["ok"]);
  });
});

const USERS = ASKERS.filter(({ capabilities }) => capabilities === "kept");

describe.each(USERS)("asked by $who", ({ user }) => {
  beforeEach((context) => needs(context, user));

  test("EACCES for whatever has no name", async () => {
    expect(await play("checkNameless", [], { user })).toEqual({
      "a pipe's reading end": "EACCES",
      "a pipe's writing end": "EACCES",
      "a socket": "EACCES",
      "an event descriptor": "EACCES",
      "a terminal": "EACCES",
    });
  });

  test("EBADF for no descriptor", async () => {
    expect(await play("checkClosed", [], { user })).toBe("EBADF");
  });

  test("ETXTBSY while someone holds the file open for writing, and only then", async () => {
    const path = ownedBy(user, makeFile(join(temporaryFolder(), "file"), 0o755, "text"));
    expect(await play("checkWhileWritten", [path], { user })).toEqual({ during: "ETXTBSY", after: "ok" });
  });

  test("a passed check keeps no writer away", async () => {
    const path = ownedBy(user, makeFile(join(temporaryFolder(), "file"), 0o755, "text"));
    expect(await play("writeAfterCheck", [path], { user })).toEqual({ first: "ok", second: "ETXTBSY" });
  });

  test("a deleted file passes", async () => {
    const folder = ownedBy(user, temporaryFolder());
    expect(await play("checkDeleted", [makeFile(join(folder, "file"), 0o755)], { user })).toBe("ok");
  });

  test("an O_PATH descriptor passes, and cannot be read", async () => {
    const path = makeFile(join(temporaryFolder(), "file"), 0o755, "text");
    expect(await play("checkThenRead", [path, O_PATH], { user })).toEqual({ check: "ok", read: "EBADF" });
  });

  describe("E2BIG", () => {
    // One string may have 32 pages (and a page at most 64 KiB); all together 6 MiB, whatever the limit on the stack.
    test("for one argument that is too long", async () => {
      const path = makeFile(join(temporaryFolder(), "file"), 0o755);
      expect(await play("checkWithArguments", [path, 1, 32 * 65536], { user })).toBe("E2BIG");
    });

    test("for arguments that are too long together", async () => {
      const path = makeFile(join(temporaryFolder(), "file"), 0o755);
      expect(await play("checkWithArguments", [path, 7 * 1024, 1024], { user })).toBe("E2BIG");
    });

    test("not for 100,000 short ones", async () => {
      const path = makeFile(join(temporaryFolder(), "file"), 0o755);
      expect(await play("checkWithArguments", [path, 100_000, 1], { user })).toBe("ok");
    });
  });

  test("a set-user-ID file passes, and no check changes anything of the process", async () => {
    const path = makeFile(join(temporaryFolder(), "file"), 0o6755, ELF);
    const { answer, before, after } = await play("stateAround", [path], { user });
    expect(answer).toBe("ok");
    expect(before).toMatch(/^CapEff:/m);
    expect(after).toBe(before);
  });

  test("EACCES for a file outside the execute rights of a Landlock domain", async (context) => {
    if (landlockVersion() === 0) skipWithReason(context, "this kernel has no Landlock");
    const path = makeFile(join(temporaryFolder(), "file"), 0o755);
    const answers = await play("checkUnderLandlock", [path], { user });
    expect(answers).toEqual({ before: "ok", after: "EACCES", opened: "EACCES" });
  });
});

describe("mode 0654: executable for the group alone", () => {
  test("passes for root", async (context) => {
    needs(context, root);
    const path = makeFile(join(temporaryFolder(), "file"), 0o654);
    expect(await play("checkPaths", [[path]], { user: root })).toEqual(["ok"]);
  });

  test("EACCES for its owner, root without capabilities", async (context) => {
    needs(context, root);
    const path = makeFile(join(temporaryFolder(), "file"), 0o654);
    expect(await play("checkPaths", [[path], { capabilities: "dropped" }], { user: root })).toEqual([
      "EACCES",
    ]);
  });

  test("EACCES for its owner, an unprivileged user, and for others", async () => {
    const folder = temporaryFolder();
    const owned = ownedBy(unprivileged, makeFile(join(folder, "owned"), 0o654));
    const foreign = makeFile(join(folder, "foreign"), 0o654);
    const answers = await play("checkPaths", [[owned, foreign]], { user: unprivileged });
    expect(answers).toEqual(["EACCES", "EACCES"]);
  });
});

test("execute permission of the group counts for its members", async (context) => {
  needs(context, root);
  const path = makeFile(join(temporaryFolder(), "file"), 0o654);
  chownSync(path, 0, NOBODY);
  expect(await play("checkPaths", [[path]], { user: unprivileged })).toEqual(["ok"]);
});

test("the same file passes by one path and not by another: a noexec bind mount", async (context) => {
  await needsNoexec(context);
  const folder = temporaryFolder();
  const inside = join(folder, "mounted");
  mkdirSync(inside);
  const path = makeFile(join(inside, "file"), 0o755);
  const outside = makeFile(join(folder, "other"), 0o755);
  const answers = await play("checkPaths", [[path, outside]], { wrap: (argv) => underNoexec(inside, argv) });
  expect(answers).toEqual(["EACCES", "ok"]);
});
