/** What is said of a broken requirement leads to a place that exists. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { remedyOf } from "../../../../src/conformance/requirements/remedies.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const NOTHING = () => false;

/** The headings of a page, as links name them. */
function anchors(page: string): string[] {
  const headings = readFileSync(join(ROOT, page), "utf8").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

test("every requirement has a likely cause, and a section that is there", () => {
  const remedies = REQUIREMENTS.map((each) => remedyOf(each, NOTHING));
  expect(remedies.filter(({ cause }) => cause === "")).toEqual([]);
  const pages = Map.groupBy(new Set(remedies.map(({ see }) => see)), (see) => see.split("#")[0] as string);
  expect(pages.size).toBeGreaterThan(1);
  for (const [page, links] of pages)
    expect(links.filter((see) => !anchors(page).includes(see.split("#")[1] as string))).toEqual([]);
});

describe("where the plainest case is broken, the rest is for the same reason", () => {
  const causeOf = (id: string, broken: string) => {
    const requirement = REQUIREMENTS.find((each) => each.id === id);
    if (requirement === undefined) throw new Error(id);
    return remedyOf(requirement, (each) => each === broken).cause;
  };

  test.each([
    ["file.noexec-mount.mode-2", "file.not-executable.mode-2", /kernel is not asked/],
    ["module.noexec-mount.mode-4", "module.not-executable.mode-2", /kernel is not asked/],
    ["race.swapped-away", "file.not-executable.mode-2", /second time/],
  ])("%s, and %s", (id, plain, alone) => {
    expect(causeOf(id, "")).toMatch(alone);
    expect(causeOf(id, plain)).not.toMatch(alone);
  });
});
