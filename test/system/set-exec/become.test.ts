/**
 * The command gets the same process in the same state as set-exec, byte for byte. The last part holds what Node destroys
 * before any of our code runs, so that a change is noticed.
 */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { eventDescriptor, pipe, sockets } from "../../support/libc.ts";
import { behindPipe, run } from "../../support/run.ts";
import { runInTerminal } from "../../support/terminal.ts";
import { needs } from "../../support/users.ts";
import { FORMS, launch, launchFromShell } from "./forms.ts";

/** The arguments that every launch here has, before the command. */
const SET = ["-fi", "--"];

/** For bash: closes the descriptors that the test runner leaked, so that they are not in a list of descriptors. */
const CLOSE_OTHERS = 'for n in $(ls /proc/$$/fd); do [ "$n" -gt 2 ] && eval "exec $n>&-"; done; exec';
const LIST = ["sh", "-c", "cd /proc/self/fd && echo *"];

describe.each(FORMS)("$form", (form) => {
  beforeEach((context) => {
    needsCheck(context);
    needs(context, form.user);
  });

  test("the process", async () => {
    const { pid, stdout } = await launch(form, [...SET, "sh", "-c", "echo $$"]);
    expect(stdout).toBe(`${pid}\n`);
  });

  describe("arguments", () => {
    test("byte for byte, also where they are not UTF-8", async () => {
      const script = String.raw`"$@" $'caf\xe9' '' 'a b' $'\n\x01\xff' é --`;
      const { bytes } = await launchFromShell(form, script, [
        ...SET,
        "sh",
        "-c",
        "cat /proc/$$/cmdline; exit",
      ]);
      const expected = [
        "sh",
        "-c",
        "cat /proc/$$/cmdline; exit",
        "caf\xe9",
        "",
        "a b",
        "\n\x01\xff",
        "\xc3\xa9",
        "--",
        "",
      ];
      expect(bytes.toString("latin1").split("\0")).toEqual(expected);
    });

    test("100,000 of them", async () => {
      const { stdout } = await launchFromShell(form, '"$@" $(seq 100000)', [
        ...SET,
        "sh",
        "-c",
        "echo $# $0 $100000",
      ]);
      expect(stdout).toMatch(/^99999 1 /);
    });

    test("the command's name as given, found on PATH", async () => {
      const { stdout } = await launch(form, [...SET, "cat", "/proc/self/cmdline"]);
      expect(stdout).toBe("cat\0/proc/self/cmdline\0");
    });

    test("a command whose name is not UTF-8", async () => {
      const folder = temporaryFolder();
      makeFile(Buffer.from(`${folder}/caf\xe9`, "latin1"), 0o755, "#!/bin/sh\necho ran\n");
      const script = String.raw`"$@" ./$'caf\xe9'`;
      expect((await launchFromShell(form, script, SET, { cwd: folder })).stdout).toBe("ran\n");
    });
  });

  describe("the environment", () => {
    test("byte for byte and in its order, also where it is not UTF-8", async () => {
      const script = String.raw`exec env -i Z=$'caf\xe9' A= NODE_OPTIONS= MANY='a=b c' $'N\xff=1' "$@"`;
      const { bytes } = await launchFromShell(form, script, [...SET, "/bin/cat", "/proc/self/environ"]);
      expect(bytes.toString("latin1")).toBe("Z=caf\xe9\0A=\0NODE_OPTIONS=\0MANY=a=b c\0N\xff=1\0");
    });

    test("also what Node reads, takes away or rewrites", async () => {
      // Plain Node ends where there is no channel.
      const channel = "NODE_CHANNEL_FD=99 NODE_CHANNEL_SERIALIZATION_MODE=json NODE_UNIQUE_ID=7 ";
      const own = `${form.form === "under node" ? "" : channel}NODE_V8_COVERAGE=here`;
      const { stdout } = await launchFromShell(form, `exec env -i ${own} "$@"`, [...SET, "/usr/bin/env"]);
      expect(stdout).toBe(`${own.replaceAll(" ", "\n")}\n`);
    });

    test("an empty one", async () => {
      const { bytes } = await launchFromShell(form, 'exec env -i "$@"', [
        ...SET,
        "/bin/cat",
        "/proc/self/environ",
      ]);
      expect(bytes.toString("latin1")).toBe("");
    });
  });

  test("the working directory", async () => {
    const folder = temporaryFolder();
    expect((await launch(form, [...SET, "pwd"], { cwd: folder })).stdout).toBe(`${folder}\n`);
  });

  describe("standard streams", () => {
    test("with all of the input, unread", async () => {
      const input = "0123456789".repeat(20_000);
      expect((await launch(form, [...SET, "cat"], { input })).stdout).toBe(input);
    });

    test("a file on standard input, where it stands", async () => {
      const stdin = openSync(makeFile(join(temporaryFolder(), "file"), 0o644, "first\nsecond\n"), "r");
      const script = 'read -r line; "$@"';
      expect((await launchFromShell(form, script, [...SET, "cat"], { stdin })).stdout).toBe("second\n");
      closeSync(stdin);
    });

    test("one of a kind that Node opens for itself", async () => {
      const stdin = eventDescriptor();
      const { stdout } = await launch(form, [...SET, "readlink", "/proc/self/fd/0"], { stdin });
      expect(stdout).toBe("anon_inode:[eventfd]\n");
      closeSync(stdin);
    });

    test("output and errors apart", async () => {
      const { stdout, stderr } = await launch(form, [...SET, "sh", "-c", "echo out; echo err >&2"]);
      expect({ stdout, stderr }).toEqual({ stdout: "out\n", stderr: "err\n" });
    });

    test.each([
      ["pipes", behindPipe],
      ["sockets", (argv: string[]) => argv],
    ])("%s, with the flags that they had", async (_, wrap) => {
      const flags = ["grep", "flags", "/proc/self/fdinfo/0", "/proc/self/fdinfo/1", "/proc/self/fdinfo/2"];
      const direct = await run(wrap(flags), { user: form.user, input: "" });
      const through = await run(wrap([...form.argv, ...SET, ...flags]), { user: form.user, input: "" });
      expect(through.stdout).toBe(direct.stdout);
      expect(direct.stdout.split("\n")).toHaveLength(4);
    });

    test("a terminal, with its settings and flags", async () => {
      const command = [
        "sh",
        "-c",
        "test -t 0 && test -t 1 && test -t 2 && stty -a && grep flags /proc/self/fdinfo/[012]",
      ];
      const direct = await runInTerminal(command, [], { user: form.user });
      const through = await runInTerminal([...form.argv, ...SET, ...command], [], { user: form.user });
      expect(through).toEqual(direct);
      expect(direct).toMatchObject({ status: 0, output: expect.stringContaining("speed") });
    });
  });

  describe("other descriptors", () => {
    test("of a process substitution", async () => {
      expect((await launchFromShell(form, '"$@" <(echo text)', [...SET, "cat"])).stdout).toBe("text\n");
    });

    test("of a redirection, whatever its number", async () => {
      const file = makeFile(join(temporaryFolder(), "file"), 0o644, "text\n");
      const script = `exec 3<"${file}" 9<"${file}" 200<"${file}"; "$@"`;
      const read = "cat <&3; cat <&9; cat /proc/self/fd/200";
      const { stdout } = await launchFromShell(form, script, [...SET, "bash", "-c", read]);
      expect(stdout).toBe("text\ntext\ntext\n");
    });

    test("one end of a pipe or of a pair of sockets", async () => {
      for (const [one, other] of [pipe(), sockets()]) {
        const { stdout } = await launch(form, [...SET, "readlink", "/proc/self/fd/3"], { extra: [one] });
        expect(stdout).toMatch(/^(pipe|socket):/);
        closeSync(one);
        closeSync(other);
      }
    });

    test("and none that Node opened", async () => {
      const { stdout } = await launchFromShell(form, `${CLOSE_OTHERS} 5</; "$@"`, [...SET, ...LIST]);
      // 3 is the folder that sh lists.
      expect(stdout).toBe("0 1 2 3 5\n");
    });
  });

  describe("signals", () => {
    test("none is left blocked, ignored or caught by Node", async () => {
      const { stdout } = await launch(form, [...SET, "cat", "/proc/self/status"]);
      const lines = stdout.split("\n").filter((line) => /^Sig(Blk|Ign|Cgt):/.test(line));
      expect(lines).toEqual(["SigBlk", "SigIgn", "SigCgt"].map((name) => `${name}:\t${"0".repeat(16)}`));
    });

    test("a command that writes to a closed pipe ends by SIGPIPE", async () => {
      const script = 'set -o pipefail; "$@" | head -n 1; echo $?';
      expect((await launchFromShell(form, script, [...SET, "yes"])).stdout).toBe("y\n141\n");
    });
  });

  describe("the limit on descriptors", () => {
    const SHOW_LIMITS = ["sh", "-c", 'echo "$(ulimit -Sn) $(ulimit -Hn)"'];

    test("that the shell that starts it has, which Node had raised", async () => {
      const script = 'ulimit -Sn 256; ulimit -Hn 512; "$@"; :';
      expect((await launchFromShell(form, script, [...SET, ...SHOW_LIMITS])).stdout).toBe("256 512\n");
    });

    test("where soft and hard are the same", async () => {
      const script = 'ulimit -n 512; "$@"; :';
      expect((await launchFromShell(form, script, [...SET, ...SHOW_LIMITS])).stdout).toBe("512 512\n");
    });
  });

  describe("what Node has destroyed by then", () => {
    test("a signal that the caller ignored is back at its default", async () => {
      const script = 'trap "" INT PIPE; "$@"';
      const { stdout } = await launchFromShell(form, script, [
        ...SET,
        "grep",
        "^SigIgn:",
        "/proc/self/status",
      ]);
      expect(stdout).toBe(`SigIgn:\t${"0".repeat(16)}\n`);
    });

    test("a signal that the caller blocked is not blocked", async () => {
      const script = 'env --block-signal=USR2 "$@"';
      const { stdout } = await launchFromShell(form, script, [
        ...SET,
        "grep",
        "^SigBlk:",
        "/proc/self/status",
      ]);
      expect(stdout).toBe(`SigBlk:\t${"0".repeat(16)}\n`);
    });

    test("a closed standard stream is open on /dev/null", async () => {
      const { stdout } = await launchFromShell(form, '"$@" <&-', [...SET, "readlink", "/proc/self/fd/0"]);
      expect(stdout).toBe("/dev/null\n");
    });

    test("a limit on descriptors that was lowered for set-exec alone is the parent's, or else raised", async () => {
      const script = 'hard=$(ulimit -Hn); ulimit -Sn 256; (ulimit -Sn 128; exec "$@")';
      const { stdout } = await launchFromShell(form, script, [...SET, "sh", "-c", "ulimit -Sn"]);
      expect(stdout).toBe("256\n");
    });

    test("event descriptors, and pipes of which the caller passed both ends, are taken for Node's and closed", async () => {
      const fds = [eventDescriptor(), ...pipe()];
      const list = ["sh", "-c", "readlink /proc/self/fd/*"];
      const { stdout } = await launch(form, [...SET, ...list], { extra: fds });
      expect(stdout).not.toMatch(/eventfd|pipe:.*\n(.*\n)*pipe:/);
      for (const fd of fds) closeSync(fd);
    });
  });
});
