/** What the documents link to is there: files, and headings in them. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./import-rules.ts";

const DOCUMENTS = globSync("{*,{src,docs,test,examples}/**/*}.md", { cwd: ROOT });

test("there are documents", () => expect(DOCUMENTS.length).toBeGreaterThan(9));

test.each(DOCUMENTS)("%s", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8").replaceAll(/^```.*?^```/gms, "");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string);
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(document, link));
  expect(broken).toEqual([]);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const file = join(ROOT, path === "" ? document : join(dirname(document), path));
  return existsSync(file) && (anchor === undefined || anchors(readFileSync(file, "utf8")).includes(anchor));
}

/** The names that a heading, or an `<a id>`, can be linked by. */
function anchors(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id as string)];
}

test("a link that leads nowhere is noticed", () => {
  expect(leadsSomewhere("README.md", "docs/nowhere.md")).toBe(false);
  expect(leadsSomewhere("README.md", "docs/language.md#nowhere")).toBe(false);
  expect(leadsSomewhere("README.md", "#what-this-does-not-stop")).toBe(true);
});
