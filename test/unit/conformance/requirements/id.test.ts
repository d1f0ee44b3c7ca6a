/** An id is made in one place, and taken apart in none. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHANNELS } from "../../../../src/conformance/requirements/channels.ts";
import { idOf } from "../../../../src/conformance/requirements/id.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";

const ROOT = join(import.meta.dirname, "../../../..");

test.each([
  [idOf("file", "executable", 2), "file.executable.mode-2"],
  [idOf("snippet", "", 3), "snippet.mode-3"],
  [idOf("race", "swapped-away"), "race.swapped-away"],
  [idOf("shebang", ""), "shebang"],
])("%s", (made, expected) => expect(made).toBe(expected));

test("no two are alike", () => {
  for (const all of [REQUIREMENTS, CHANNELS]) {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  }
});

test("one file knows what an id looks like", () => {
  const files = ["src/conformance", "scripts"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const sources = files.filter((path) => path.endsWith(".ts"));
  const code = (path: string) => readFileSync(join(ROOT, path), "utf8").replaceAll(/\/\*\*.*?\*\//gs, "");
  const isTelling = (path: string) => /mode-|\bid\.(split|replace|match)\b|groupOf/.test(code(path));
  expect(sources.length).toBeGreaterThan(60);
  expect(sources.filter(isTelling)).toEqual(["src/conformance/requirements/id.ts"]);
});
