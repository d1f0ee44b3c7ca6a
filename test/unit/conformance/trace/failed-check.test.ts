import { expect, test } from "vitest";
import { lastFailedCheck } from "../../../../src/conformance/trace/failed-check.ts";
import { readStraceLog } from "../../../../src/conformance/trace/strace-log.ts";

const hex = (text: string) =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
const check = (path: string, result: string, flags = "0x11000") =>
  `7 execveat(3<${hex(path)}>, "", ["${hex(path)}"], [], ${flags}) = ${result}\n`;
const byPath = (path: string, result: string) =>
  `7 execveat(-100, "${hex(path)}", ["${hex(path)}"], [], 0x10000) = ${result}\n`;

const NO = "-1 EACCES (Permission denied)";
const isOthers = (path: string) => path.startsWith("/usr/") || path.startsWith("/etc/");

test.each([
  ["nothing failed", check("/etc/profile", "0"), undefined],
  ["what failed is the code", check("/tmp/stage/code", NO), undefined],
  ["the last of two", check("/etc/profile", NO) + check("/usr/lib/x.py", NO), "/usr/lib/x.py"],
  ["the code after it", check("/etc/profile", NO) + check("/tmp/stage/code", NO), "/etc/profile"],
  ["by its path", byPath("/etc/profile", NO), "/etc/profile"],
  ["an execution is no check", check("/etc/profile", NO, "0x1000"), undefined],
])("%s", (_, log, path) => {
  const found = lastFailedCheck(readStraceLog(log).calls, isOthers);
  expect(found).toEqual(path === undefined ? undefined : { path, errno: "EACCES" });
});
