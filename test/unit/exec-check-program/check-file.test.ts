/** exec-check says of each file what the kernel does when it is to be executed. */
import { chownSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, type TestContext, test } from "vitest";
import { makeFifo, makeFile, ownedBy, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { landlockVersion, setAccessControlList } from "../../support/libc.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { scenes } from "../../support/scene.ts";
import { skipWithReason } from "../../support/skip.ts";
import { NOBODY, needs, root, USERS, unprivileged } from "../../support/users.ts";

const { play } = scenes<typeof import("./check-file.scenes.ts")>(
  new URL("./check-file.scenes.ts", import.meta.url).href,
);

const MODES = [0o755, 0o711, 0o700, 0o654, 0o644, 0o111, 0o000];
const program = (path: string, mode: number) => makeFile(path, mode, "#!/bin/true\n");
const EXECUTABLE = { said: "ok", real: "ok" };
const REFUSED = { said: "EACCES", real: "EACCES" };

beforeEach(needsCheck);

describe.each(USERS)("for $name", (who) => {
  beforeEach((context) => needs(context, who));

  const own = (mode: number) => ownedBy(who, program(join(temporaryFolder(), "program"), mode));

  test("every mode, of an own file and of another's", async () => {
    const all = MODES.flatMap((mode) => [own(mode), program(join(temporaryFolder(), "program"), mode)]);
    const compared = await play("compare", [all], { user: who });
    expect(compared.map(({ said }) => said)).toEqual(compared.map(({ real }) => real));
    expect(new Set(compared.map(({ said }) => said))).toEqual(new Set(["ok", "EACCES"]));
    const causes = compared.filter(({ said }) => said !== "ok").map(({ cause }) => cause?.is);
    expect(new Set(causes)).toEqual(new Set(["no execute permission"]));
  });

  test("held open for writing", async () => {
    const [compared] = await play("compare", [[own(0o755)], { held: true }], { user: who });
    expect(compared).toMatchObject({ said: "ETXTBSY", real: "ETXTBSY", cause: { is: "open for writing" } });
  });

  test("outside a Landlock domain's rights", async (context) => {
    if (landlockVersion() === 0) skipWithReason(context, "this kernel has no Landlock");
    const [compared] = await play("compare", [[own(0o755)], { landlock: true }], { user: who });
    expect(compared).toMatchObject({ ...REFUSED, cause: { is: "system policy" } });
  });

  test("on a noexec mount, and beside it", async (context) => {
    await needsNoexec(context);
    const folder = temporaryFolder();
    const paths = [program(join(folder, "program"), 0o755), own(0o755)];
    const wrap = (argv: string[]) => underNoexec(folder, argv);
    const compared = await play("compare", [paths], { user: who, wrap });
    expect(compared).toMatchObject([
      { ...REFUSED, cause: { is: "noexec mount", mount: folder } },
      EXECUTABLE,
    ]);
  });

  test("what is no regular file", async () => {
    const folder = temporaryFolder();
    const compared = await play("compare", [[folder, makeFifo(join(folder, "fifo")), "/dev/null"]], {
      user: who,
    });
    expect(compared).toMatchObject([REFUSED, REFUSED, REFUSED]);
    expect(compared.map(({ cause }) => cause?.is)).toEqual(compared.map(() => "not a regular file"));
  });
});

test("0654 of its owner, root without capabilities", async (context) => {
  needs(context, root);
  const path = program(join(temporaryFolder(), "program"), 0o654);
  const [compared] = await play("compare", [[path], { capabilities: "dropped" }]);
  expect(compared).toMatchObject({ ...REFUSED, cause: { is: "no execute permission", someoneHasIt: true } });
});

describe("an access control list", () => {
  const [USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER] = [1, 2, 4, 8, 16, 32];
  const list = (context: TestContext, entries: readonly (readonly number[])[]) => {
    needs(context, root);
    const path = program(join(temporaryFolder(), "program"), 0o755);
    try {
      setAccessControlList(path, entries);
    } catch (error) {
      skipWithReason(context, `no access control lists here: ${error}`);
    }
    return path;
  };
  const refused = { ...REFUSED, cause: { is: "no execute permission", someoneHasIt: true } };

  test.for([
    ["its line for the user denies it", [[USER, 4, NOBODY]], 7, 5, refused],
    ["its line for the user allows it", [[USER, 5, NOBODY]], 7, 4, EXECUTABLE],
    ["its mask takes that away", [[USER, 5, NOBODY]], 4, 5, refused],
    ["a line for the user's group denies it", [[GROUP, 4, NOBODY]], 7, 5, refused],
    ["a line for the user's group allows it", [[GROUP, 5, NOBODY]], 7, 4, EXECUTABLE],
    ["it has no line for the user", [[USER, 4, 1]], 7, 5, EXECUTABLE],
  ] as const)("%s", async ([, lines, mask, others, answer], context) => {
    const users = lines.filter(([tag]) => tag === USER);
    const groups = lines.filter(([tag]) => tag === GROUP);
    const path = list(context, [
      [USER_OBJ, 7],
      ...users,
      [GROUP_OBJ, 5],
      ...groups,
      [MASK, mask],
      [OTHER, others],
    ]);
    const [compared] = await play("compare", [[path]], { user: unprivileged });
    expect(compared).toMatchObject(answer);
  });
});

test("the group of a file counts for its members alone", async (context) => {
  needs(context, root);
  const paths = [0o654, 0o645].map((mode) => program(join(temporaryFolder(), "program"), mode));
  for (const path of paths) chownSync(path, 0, NOBODY);
  const compared = await play("compare", [paths], { user: unprivileged });
  expect(compared).toMatchObject([EXECUTABLE, REFUSED]);
});
