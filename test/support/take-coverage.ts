import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";

// The workers of the tests are ended before they could write it themselves.
afterAll(takeCoverage);
