import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";
import { skipWithReason } from "./skip.ts";

/** What python3's expat makes of it: [tag, attributes, text, children]. */
export type Element = readonly [string, Readonly<Record<string, string>>, string, readonly Element[]];

/** Parses XML with python3; skips where there is none. */
export function parseXml(context: TestContext, xml: string): Element {
  const script =
    "import json, sys, xml.etree.ElementTree as e\n" +
    "def tree(n): return [n.tag, n.attrib, n.text or '', [tree(c) for c in n]]\n" +
    "print(json.dumps(tree(e.fromstring(sys.stdin.buffer.read()))))";
  const { error, status, stdout, stderr } = spawnSync("python3", ["-c", script], {
    input: xml,
    encoding: "utf8",
  });
  if (error !== undefined) skipWithReason(context, "there is no python3 to parse XML with");
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Element;
}
