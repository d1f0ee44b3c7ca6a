/** Complaints about an adapter name the place, both those of the schema and the kit's own. */
import { describe, expect, test } from "vitest";
import dash from "../../../../adapters/dash.json" with { type: "json" };
import { complaints } from "../../../../src/conformance/adapter/json-schema.ts";
import { readAdapter } from "../../../../src/conformance/adapter/read-adapter.ts";
import { adapterComplaint } from "../../../../src/conformance/messages.ts";

const wrongWith = (changed: object) => {
  const read = readAdapter({ ...dash, ...changed });
  return "wrong" in read ? read.wrong.map(adapterComplaint) : [];
};
const channel = (kind: string, ...entries: object[]) =>
  wrongWith({
    channels: { [kind]: entries.map((entry) => ({ name: "x", command: ["{interpreter}"], ...entry })) },
  });

test("the adapter as it is", () => expect(wrongWith({})).toEqual([]));

test("the texts of the whole adapter are filled in with the interpreter alone", () => {
  expect(wrongWith({ version: ["{interpreter}", "{file}"], env: { A: "{interpeter}" } })).toEqual([
    "/version/1: {file} is not filled in here; filled in are interpreter",
    "/env/A: {interpeter} is not a placeholder: there are interpreter, file, folder, name, program, main, source, again",
  ]);
});

describe("an entry", () => {
  test.each([
    ["snippet", {}, "/channels/snippet/0: a snippet entry must say where {program} goes"],
    [
      "module",
      { command: ["{main}"] },
      "/channels/module/0/main: a module entry must have the text of the script that imports",
    ],
    [
      "stdin",
      { command: ["{interpeter}"] },
      "/channels/stdin/0/command/0: {interpeter} is not a placeholder: there are interpreter, file, folder, name, program, main, source, again",
    ],
    [
      "stdin",
      { env: { A: "{b}" } },
      "/channels/stdin/0/env/A: {b} is not a placeholder: there are interpreter, file, folder, name, program, main, source, again",
    ],
    [
      "stdin",
      { program: "echo {a}" },
      "/channels/stdin/0/program: the program must print the sum of {a} and {b}, or {left} and {right} joined: its text must hold both",
    ],
    [
      "module",
      { command: ["{interpreter}", "{file}"], main: ". {file}\n" },
      "/channels/module/0/main: main is of no use, since nothing mentions {main}",
    ],
    [
      "module",
      { command: ["{main}"], main: ". {file}\n", again: ". {file}\n" },
      "/channels/module/0/again: again is of no use, since nothing mentions {again}",
    ],
    [
      "module",
      { command: ["{main}"], main: "echo {left}\n" },
      "/channels/module/0/main: {left} is filled in within programs alone: {program} is the program as a whole",
    ],
    [
      "compiled",
      { command: ["{file}"], prepare: ["cc", "{source}"] },
      "/channels/compiled/0/prepare: prepare is of no use, since nothing mentions {file}",
    ],
    ["stdin", { file: "x" }, "/channels/stdin/0/file: file is of no use to a stdin entry"],
    ["stdin", { stdin: "x" }, "/channels/stdin/0/stdin: stdin is of no use to a stdin entry"],
    ["stdin", { prompt: "$ " }, "/channels/stdin/0/prompt: prompt is of no use to a stdin entry"],
    [
      "stdin",
      { program: "echo {left}{right}" },
      "/channels/stdin/0/program: {left} and {right} must not stand side by side: a terminal that echoes the program would show the marker",
    ],
    [
      "stdin",
      { files: [{ path: "../x", text: "" }] },
      expect.stringMatching(/^\/channels\/stdin\/0\/files\/0\/path: "\.\.\/x" does not match /),
    ],
    [
      "script",
      { command: ["{interpreter}", "{file}"], file: "a/../../x" },
      expect.stringMatching(/^\/channels\/script\/0\/file: "a\/\.\.\/\.\.\/x" does not match /),
    ],
    [
      "module",
      { command: ["{main}"], main: ". {file}\n", stdin: "{mian}" },
      "/channels/module/0/stdin: {mian} is not a placeholder: there are interpreter, file, folder, name, program, main, source, again",
    ],
    [
      "stdin",
      { command: ["{interpreter}", "{main}"] },
      "/channels/stdin/0/command/1: {main} is not filled in here; filled in are interpreter, file, folder, name, program",
    ],
    [
      "stdin",
      { env: { A: "{again}" } },
      "/channels/stdin/0/env/A: {again} is not filled in here; filled in are interpreter, file, folder, name, program",
    ],
    [
      "script",
      { command: ["{file}", "{source}"] },
      "/channels/script/0/command/1: {source} is not filled in here; filled in are interpreter, file, folder, name, program",
    ],
    [
      "compiled",
      { command: ["{file}"], prepare: ["cc", "-o", "{file}", "{folder}"] },
      "/channels/compiled/0/prepare/3: {folder} is not filled in here; filled in are interpreter, source, file",
    ],
    [
      "stdin",
      { files: [{ path: "{file}.old", text: "" }] },
      "/channels/stdin/0/files/0/path: {file} is not filled in here; filled in are name",
    ],
  ])("of %s with %j", (kind, entry, complaint) => expect(channel(kind, entry)).toEqual([complaint]));

  test("of a script must say where the file goes", () => {
    expect(channel("script", {})).toEqual([
      expect.stringMatching(/^\/channels\/script\/0\/command: a script entry must say where \{file\} goes: /),
    ]);
    expect(channel("script", { command: ["{interpreter}", "{folder}/x"] })).toEqual([]);
  });

  test("has a name of its own in its channel", () => {
    expect(channel("stdin", {}, {})).toEqual(
      [0, 1].map((at) => `/channels/stdin/${at}/name: "x" is there twice in this channel`),
    );
  });
});

/** Where two forms are allowed, the one that was meant is where the complaint lies deepest. */
const PROGRAM = {
  properties: {
    program: { oneOf: [{ type: "string" }, { type: "object", properties: { print: { const: 1 } } }] },
  },
};

describe("a schema's words", () => {
  test.each<[schema: object, value: unknown, complaint: string | undefined]>([
    [{ type: "number" }, 1, undefined],
    [{ type: "integer" }, "1", "/: must be an integer, but is a string"],
    [{ enum: ["a", "b"] }, "a", undefined],
    [{ enum: ["a", "b"] }, "c", '/: must be one of a, b, but is "c"'],
    [{ const: 1 }, 2, "/: must be 1"],
    [{ pattern: "^a" }, "b", '/: "b" does not match ^a'],
    [{ minLength: 1 }, "", "/: must not be empty"],
    [{ minItems: 1 }, [], "/: must have at least 1 item"],
    [{ minItems: 2 }, [1], "/: must have at least 2 items"],
    [{ items: { type: "string" } }, ["a", 1], "/1: must be a string, but is an integer"],
    [{ items: { type: "string" } }, "no list", undefined],
    [{ required: ["a"] }, {}, '/: "a" is missing'],
    [{ properties: { a: { const: 1 } } }, { a: 2 }, "/a: must be 1"],
    [{ properties: { a: {} }, additionalProperties: false }, { b: 1 }, "/b: is not known here; known are a"],
    [{ additionalProperties: { const: 1 } }, { b: 2 }, "/b: must be 1"],
    [{ $ref: "#/$defs/one", $defs: { one: { const: 1 } } }, 2, "/: must be 1"],
    [PROGRAM, { program: { print: 2 } }, "/program/print: must be 1"],
    [PROGRAM, { program: 1 }, "/program: must be a string, but is an integer"],
    [PROGRAM, { program: "x" }, undefined],
  ])("%j of %j", (schema, value, complaint) => {
    expect(complaints(schema as never, value).map(adapterComplaint)).toEqual(
      complaint === undefined ? [] : [complaint],
    );
  });

  test("that are not known here are the schema's error, and so is a reference to nothing", () => {
    expect(() => complaints({ maximum: 1 } as never, 2)).toThrow("the schema uses maximum");
    expect(() => complaints({ $ref: "#/$defs/none" } as never, 2)).toThrow("refers to #/$defs/none");
  });
});
