import { expect, test } from "vitest";
import { readAdapter } from "../../../../src/conformance/adapter/read-adapter.ts";
import { ADAPTERS } from "../../../../src/conformance/adapter/shipped.ts";

test.for(ADAPTERS)("$name is one that readAdapter takes", (adapter) => {
  expect(readAdapter(adapter)).toEqual({ adapter });
});
