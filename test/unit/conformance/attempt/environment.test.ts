/** What an adapter adds to the environment of its commands. */
import { expect, test } from "vitest";
import { environment } from "../../../../src/conformance/attempt/environment.ts";

test("an entry's own variables come over those that the adapter always adds", () => {
  const added = [{ LIBRARIES: "{interpreter}.libs", KEPT: "1" }, { LIBRARIES: "{folder}" }];
  const values = { interpreter: "/opt/x", folder: "/tmp/y" };
  expect(environment("/home", added, values)).toMatchObject({
    HOME: "/home",
    LIBRARIES: "/tmp/y",
    KEPT: "1",
  });
  expect(environment("/home", added.slice(0, 1), values)).toMatchObject({ LIBRARIES: "/opt/x.libs" });
});
