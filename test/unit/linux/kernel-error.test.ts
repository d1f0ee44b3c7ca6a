import { expect, test } from "vitest";
import { KernelError } from "../../../src/linux/kernel-error.ts";

test("the message says what the kernel answered", () => {
  const error = new KernelError("pipe2", { errno: 24 });
  expect(error).toMatchObject({ call: "pipe2", errno: 24, reason: undefined });
  expect(error.message).toBe("pipe2: EMFILE (too many open files)");
});

test("or why it could not be asked", () => {
  const error = new KernelError("libc", { reason: "this is another system" });
  expect(error).toMatchObject({ call: "libc", errno: undefined, reason: "this is another system" });
  expect(error.message).toBe("libc: this is another system");
});
