import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest. A run ends soonest when it begins with them. */
export const LONGEST: readonly string[] = [
  "conformance/subjects",
  "language/limits",
  "conformance/lacking",
  "package",
  "executable/always",
  "executable/attacks",
  "conformance/results",
  "executable/judge",
  "packaging/debian",
  "conformance/page",
  "conformance/odd-usage",
  "conformance/clean-up",
];

/** Begins with the longest; the others follow as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/system/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
