/** Which bits set-exec sets, keeps and shows, and what it says where it cannot set them. */
import { beforeEach, describe, expect, test } from "vitest";
import { needsCheck } from "../../support/kernel.ts";
import { SET_EXEC } from "../../support/programs.ts";
import { scenes } from "../../support/scene.ts";
import { needsStrace, trace } from "../../support/strace.ts";
import { needs, root, USERS } from "../../support/users.ts";
import { FORMS, launch } from "./forms.ts";

const { play } = scenes<typeof import("../../unit/exec-check/securebits.scenes.ts")>(
  new URL("../../unit/exec-check/securebits.scenes.ts", import.meta.url).href,
);

const SHOW = [SET_EXEC, "--show"];
const PR_SET_SECUREBITS = "0x1c";

/** The bits of a command under set-exec, from its first line of output. */
const bitsIn = (stdout: string) => /^securebits (0x[0-9a-f]+)\n/.exec(stdout)?.[1];

describe.each(FORMS)("$form", (form) => {
  const { user } = form;

  beforeEach((context) => {
    needsCheck(context);
    needs(context, user);
  });

  test.each([
    [["-f"], "0x300"],
    [["-i"], "0xc00"],
    [["-fi"], "0xf00"],
    [["-if"], "0xf00"],
    [["-f", "-i"], "0xf00"],
    [["--no-lock", "-f"], "0x100"],
    [["-i", "--no-lock"], "0x400"],
    [["-f", "--no-lock", "-i"], "0x500"],
  ])("%j sets %s", async (options, bits) => {
    const { status, stdout, stderr } = await launch(form, [...options, "--", ...SHOW]);
    expect({ status, bits: bitsIn(stdout), stderr }).toEqual({ status: 0, bits, stderr: "" });
  });

  test("keeps the bits that are set", async () => {
    const { stdout } = await launch(form, ["-f", "--no-lock", ...form.argv, "-i", ...SHOW]);
    expect(bitsIn(stdout)).toBe("0xd00");
  });

  if (user === root) {
    test("keeps bits that are not its own", async () => {
      const NO_CAP_AMBIENT_RAISE_AND_LOCK = 0xc0;
      const stdout = await play("setAndRun", [NO_CAP_AMBIENT_RAISE_AND_LOCK, [...form.argv, "-f", ...SHOW]]);
      expect(bitsIn(stdout)).toBe("0x3c0");
    });
  }

  test("changes nothing where all is set, which without privilege would fail", async (context) => {
    await needsStrace(context);
    const calls = async (before: readonly string[]) => {
      const traced = await trace([SET_EXEC, ...before, "--", SET_EXEC, "-f", ...SHOW], ["prctl"], { user });
      expect(traced.status).toBe(0);
      return traced.calls
        .filter(({ args }) => args.startsWith(PR_SET_SECUREBITS))
        .map(({ args }) => args.split(", ")[1]);
    };
    expect(await calls(["-i"])).toEqual(["0xc00", "0xf00"]);
    expect(await calls(["-f"])).toEqual(["0x300"]);
    expect((await launch(form, ["-fi", SET_EXEC, "-f", ...SHOW])).status).toBe(0);
  });

  describe("cannot set a bit that is locked", () => {
    test.each([
      [0x200, ["-f"], "SECBIT_EXEC_RESTRICT_FILE_LOCKED"],
      [0x800, ["-i"], "SECBIT_EXEC_DENY_INTERACTIVE_LOCKED"],
      [0x800, ["-fi"], "SECBIT_EXEC_DENY_INTERACTIVE_LOCKED"],
      [0xa00, ["-fi"], "SECBIT_EXEC_RESTRICT_FILE_LOCKED and SECBIT_EXEC_DENY_INTERACTIVE_LOCKED"],
    ])("under 0x%x with %j: names the lock, runs nothing", async (locks, options, names) => {
      const command = [
        "sh",
        "-c",
        '"$@" 2>&1; echo "status $?"',
        "sh",
        ...form.argv,
        ...options,
        "echo",
        "ran",
      ];
      const stdout = await play("setAndRun", [locks, command], { user: user });
      expect(stdout).toBe(
        "set-exec: cannot set the securebits: prctl(PR_SET_SECUREBITS): EPERM (operation not permitted)\n" +
          `hint: ${names} forbids it for this process and its children\n` +
          "status 1\n",
      );
    });
  });

  test("runs nothing when the bits cannot be known", async (context) => {
    await needsStrace(context);
    const argv = [...form.argv, "-f", "echo", "ran"];
    const { status, stdout, stderr } = await trace(argv, ["prctl"], {
      user: user,
      inject: "prctl:error=EPERM",
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("set-exec: prctl(PR_GET_SECUREBITS): EPERM (operation not permitted)\n");
  });

  test("--show says what the kernel answers", async (context) => {
    await needsStrace(context);
    const traced = await trace([SET_EXEC, "-f", ...SHOW], ["prctl"], { user });
    const answers = traced.calls
      .filter(({ args }) => args.startsWith("0x1b"))
      .map(({ result }) => result.split(" ")[0]);
    expect(answers).toEqual(["0", "0x300"]);
    expect(bitsIn(traced.stdout)).toBe("0x300");
  });

  test("--show prints the names and the mode", async () => {
    const NAMES = [
      "  SECBIT_EXEC_RESTRICT_FILE\n",
      "  SECBIT_EXEC_RESTRICT_FILE_LOCKED\n",
      "  SECBIT_EXEC_DENY_INTERACTIVE\n",
      "  SECBIT_EXEC_DENY_INTERACTIVE_LOCKED\n",
    ].join("");
    const show = async (options: string[]) => (await launch(form, [...options, "--", ...SHOW])).stdout;
    expect((await launch(form, ["--show"])).stdout).toBe("securebits 0x0\nmode 1: nothing is restricted\n");
    expect(await show(["-f", "--no-lock"])).toBe(
      "securebits 0x100\n  SECBIT_EXEC_RESTRICT_FILE\nmode 2: script files must be executable\n",
    );
    expect(await show(["-i", "--no-lock"])).toBe(
      "securebits 0x400\n  SECBIT_EXEC_DENY_INTERACTIVE\nmode 3: no snippets, no commands on standard input\n",
    );
    expect(await show(["-fi"])).toBe(`securebits 0xf00\n${NAMES}mode 4: executable script files only\n`);
  });
});

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => {
    needsCheck(context);
    needs(context, user);
  });

  test.each([0x100, 0xf00])("0x%x is inherited over fork and execve", async (bits) => {
    const shown = expect.stringMatching(new RegExp(`^securebits 0x${bits.toString(16)}\n`));
    expect(await play("setAndRun", [bits, SHOW], { user })).toEqual(shown);
    const grandchild = ["sh", "-c", '(exec sh -c \'"$0" --show\' "$0")', SET_EXEC];
    expect(await play("setAndRun", [bits, grandchild], { user })).toEqual(shown);
  });
});
