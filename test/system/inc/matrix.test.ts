/** The table of admission, end to end: the real interpreter on the real kernel, as each user. */
import { beforeEach, describe, expect, inject, test } from "vitest";
import { MODES, preparePlace, ROWS, runCell } from "../../../demo/matrix.ts";
import { temporaryFolder } from "../../support/files.ts";
import { skipWithReason } from "../../support/skip.ts";
import { NOBODY, needs, root, USERS } from "../../support/users.ts";

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));
  const drops = user !== root && root.missing === undefined;
  const become = drops ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : [];

  describe.each(ROWS)("$source: $what", (row) => {
    test.each(MODES)("mode %i", async (mode) => {
      const place = preparePlace(inject("programs"), temporaryFolder(), become);
      const outcome = await runCell(row, mode, place);
      expect(outcome).toBe(row.rule[mode - 1]);
    });
  });
});

test("a noexec mount can be made", (context) => {
  const { namespace } = preparePlace(inject("programs"), temporaryFolder(), []);
  if ("missing" in namespace) skipWithReason(context, namespace.missing);
});
