/** Which forms have an executable one, and what is refused with a prompt. */
import { expect, test } from "vitest";
import { executableForm, isPromptRefused } from "../../../../src/conformance/proofs/control.ts";
import { CHANNELS } from "../../../../src/conformance/requirements/channels.ts";

test("the kernel would execute the executable form of each channel; what no file holds has none", () => {
  const without = CHANNELS.filter((channel) => executableForm(channel) === undefined);
  expect([...new Set(without.map(({ group }) => group))].sort()).toEqual(
    ["environment", "locked", "module", "snippet", "startup", "stdin", "stream"].sort(),
  );
  for (const channel of CHANNELS) {
    const form = executableForm(channel);
    if (form === undefined) continue;
    const its = CHANNELS.find((each) => each.kind === form.kind && each.form === form.form);
    expect(its?.expect, channel.id).toEqual(["run", "run", "run", "run"]);
  }
});

test("a prompt is refused under DENY_INTERACTIVE", () => {
  const entry = { name: "at the prompt", command: ["it"], prompt: "> " };
  expect([1, 2, 3, 4].map((mode) => isPromptRefused("startup", entry, mode))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(isPromptRefused("terminal", entry, 4)).toBe(false);
});
