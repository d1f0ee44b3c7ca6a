/** What set-exec restores before it becomes the command, and in which order, as strace sees it. */
import { constants as os } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import { needsCheck } from "../../support/kernel.ts";
import { needsStrace, trace } from "../../support/strace.ts";
import { needs } from "../../support/users.ts";
import { FORMS } from "./forms.ts";

const PR_SET_SECUREBITS = "0x1c";
const STEPS = ["prctl", "prlimit64", "fcntl", "rt_sigaction", "rt_sigprocmask"];

const handlerOf = (signal: number) => `rt_sigaction(${signal}, {sa_handler=0,`;

describe.each(FORMS)("$form", ({ user, argv }) => {
  beforeEach(async (context) => {
    needsCheck(context);
    needs(context, user);
    await needsStrace(context, { user });
  });

  test("the bits, then descriptors, then signals, then the command", async () => {
    const { status, stderr, calls } = await trace([...argv, "-f", "--", "/no/such"], STEPS, { user });
    expect(status).toBe(1);
    expect(stderr).toBe("set-exec: cannot execute /no/such: ENOENT (no such file or directory)\n");
    const made = calls.map(({ name, args }) => `${name}(${args})`);
    const bits = made.findIndex((call) => call.startsWith(`prctl(${PR_SET_SECUREBITS}`));
    const order = [
      `prctl(${PR_SET_SECUREBITS}, 0x300`,
      "prlimit64(0, 0x7,",
      "fcntl(0, 0x2, 0)",
      "fcntl(1, 0x2, 0)",
      "fcntl(2, 0x2, 0)",
      handlerOf(os.signals.SIGPIPE),
      handlerOf(os.signals.SIGXFSZ),
      "rt_sigprocmask(0x2, [],",
      'execve("/no/such", ["/no/such"]',
    ];
    const places = order.map((call) => made.findIndex((each, at) => at >= bits && each.startsWith(call)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });
});
