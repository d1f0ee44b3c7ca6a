/** The verdicts: which counts most, and that each is made in one place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  blind,
  broken,
  holds,
  isFailure,
  noted,
  notOffered,
  skipped,
  VERDICTS,
  type Verdict,
  worst,
} from "../../../../src/conformance/findings/verdict.ts";

const ROOT = join(import.meta.dirname, "../../../..");

test("of several findings the worst counts, and of none none", () => {
  expect(worst([holds(""), skipped(""), broken(""), noted("")])).toBe("broken");
  expect(worst([skipped(""), holds("")])).toBe("holds");
  expect(worst([notOffered(""), skipped("")])).toBe("skipped");
  expect(worst([])).toBe("not offered");
});

test("what could not be seen is not made up for by what was", () => {
  expect(worst([holds(""), blind("")])).toBe("skipped");
  expect(worst([broken(""), blind("")])).toBe("broken");
});

test("a broken MUST is a failure, and a broken SHOULD where one is strict", () => {
  expect(isFailure({ verdict: "broken", level: "MUST" })).toBe(true);
  expect(isFailure({ verdict: "broken", level: "SHOULD" })).toBe(false);
  expect(isFailure({ verdict: "broken", level: "SHOULD" }, true)).toBe(true);
  expect(isFailure({ verdict: "skipped", level: "MUST" }, true)).toBe(false);
});

const files = ["src/conformance", "scripts"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

test("no other file makes one", () => {
  const makes = files.filter(({ text }) => /\bverdict: "/.test(text)).map(({ path }) => path);
  expect(makes).toEqual(["src/conformance/findings/verdict.ts"]);
});

test("no other file says what stands for one", () => {
  const signs = Object.values(VERDICTS).flatMap(({ sign, colour }) => [
    sign,
    JSON.stringify(colour).slice(1, -1),
  ]);
  const tells = files.filter(({ text }) =>
    signs.some((sign) => sign !== "?" && sign !== "–" && text.includes(sign)),
  );
  expect(tells.map(({ path }) => path)).toEqual(["src/conformance/findings/verdict.ts"]);
});

test("no two share a word, a sign, a cell, a mark, a letter or a colour", () => {
  const rows = Object.values(VERDICTS);
  for (const key of ["word", "sign", "cell", "mark", "letter", "colour"] as const)
    expect(new Set(rows.map((row) => row[key])).size, key).toBe(rows.length);
  expect(Object.keys(VERDICTS) as Verdict[]).toHaveLength(5);
});
