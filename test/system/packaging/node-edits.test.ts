/** The executable's Node is the one of the lock file, but for the edits that packaging/node-edits.ts lists. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { codeCacheTable } from "../../../packaging/code-cache-table.ts";
import { editNode, NODE_EDITS } from "../../../packaging/node-edits.ts";
import { seaBlob } from "../../../packaging/sea-blob.ts";
import { stripElf } from "../../../packaging/strip-elf.ts";
import { INC } from "../../support/programs.ts";

const SENTINEL = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

describe("the executable", () => {
  const executable = readFileSync(INC);
  const base = stripElf(readFileSync(process.execPath));
  let unedited: Buffer;
  let edited: number[];

  beforeAll(async () => {
    unedited = await injected(base, uneditedBlob(executable));
    edited = NODE_EDITS.flatMap(({ where, bytes, find }) =>
      find(where === "snapshot" ? unedited : base).flatMap((place) =>
        Array.from({ length: bytes }, (_, at) => place + at),
      ),
    ).filter((place) => unedited[place] !== 0);
  });

  test("differs from Node, with the same program put into it, in the listed edits alone", () => {
    expect(differences(unedited, executable)).toEqual(edited.toSorted((a, b) => a - b));
    for (const place of edited) expect(executable[place]).toBe(0);
  });

  test.each(["the first byte", "a byte in the middle", "the last byte"])("%s more would be seen", (which) => {
    const place = { "the first byte": 0, "the last byte": base.length - 1 }[which] ?? base.length >> 1;
    const other = Buffer.from(executable);
    other[place] = ~(other[place] as number);
    expect(differences(unedited, other)).toContain(place);
  });
});

/** Node with a program put into it, by what pkg puts it in with. */
async function injected(node: Buffer, blob: Buffer): Promise<Buffer> {
  const pkg = createRequire(import.meta.url).resolve("@yao-pkg/pkg/lib-es5/sea");
  const { inject } = createRequire(pkg)("postject");
  const folder = mkdtempSync(join(tmpdir(), "inc-test-"));
  try {
    const file = join(folder, "node");
    writeFileSync(file, node);
    await inject(file, "NODE_SEA_BLOB", blob, { sentinelFuse: SENTINEL, overwrite: true });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The executable's own program, with the count that the build has set to 0. */
function uneditedBlob(executable: Buffer): Buffer {
  const copy = Buffer.from(executable);
  const { countAt, entries } = codeCacheTable(copy);
  copy.writeBigUInt64LE(BigInt(entries), countAt);
  return seaBlob(copy);
}

function differences(one: Buffer, other: Buffer): number[] {
  expect(other.length).toBe(one.length);
  const places: number[] = [];
  const step = 1 << 16;
  for (let at = 0; at < one.length; at += step) {
    if (one.subarray(at, at + step).equals(other.subarray(at, at + step))) continue;
    for (let place = at; place < Math.min(at + step, one.length); place++)
      if (one[place] !== other[place]) places.push(place);
  }
  return places;
}

test("ARCHITECTURE.md names each edit, and no other", () => {
  const architecture = readFileSync(join(import.meta.dirname, "../../../ARCHITECTURE.md"), "utf8");
  const section = architecture
    .split(/^## /m)
    .find((text) => text.startsWith("What the executable's build does"));
  const rows = section?.match(/^\|.*/gm)?.slice(2) ?? [];
  const named = rows.flatMap((row) => {
    const cell = row.split("|")[1]?.trim() as string;
    return cell.match(/(?<=`)[^` ]+(?=`)/g) ?? [cell];
  });
  expect(named.toSorted()).toEqual(NODE_EDITS.map(({ what }) => what).toSorted());
});

describe("an edit stops the build", () => {
  test("where a name is missing, was emptied already or stands there twice", () => {
    const [first] = NODE_EDITS;
    const name = first?.what as string;
    expect(() => editNode(Buffer.from("some other program"), ["data"])).toThrow(`does not hold ${name} once`);
    expect(() => editNode(readFileSync(INC), ["data"])).toThrow(`does not hold ${name} once`);
    expect(() => editNode(Buffer.from(`four\0${name}\0${name}\0`), ["data"])).toThrow(
      `does not hold ${name} once`,
    );
  });

  test.runIf(process.arch === "x64")("where options are compared otherwise", () => {
    expect(() => editNode(Buffer.from("some other program"), ["code"])).toThrow("otherwise than expected");
    expect(() => editNode(readFileSync(INC), ["code"])).toThrow("otherwise than expected");
  });

  test("where the table of compiled code is not there, or counted otherwise", () => {
    expect(() => editNode(readFileSync(process.execPath), ["snapshot"])).toThrow(
      "not an executable that carries a program",
    );
    expect(() => editNode(Buffer.from("NODE_SEA_BLOB\0  "), ["snapshot"])).toThrow(
      "not an executable that carries a program",
    );
    expect(() => editNode(readFileSync(INC), ["snapshot"])).toThrow("does not count its table");
  });
});
