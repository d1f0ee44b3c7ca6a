/** What the kit answers without judging anybody. */
import { expect, test } from "vitest";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";
import { kit } from "./kit.ts";

test("--list prints every requirement", async () => {
  const { status, stdout } = await kit(["--list"]);
  const ids = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ", 1)[0]);
  expect({ status, ids }).toEqual({ status: 0, ids: REQUIREMENTS.map(({ id }) => id) });
});
