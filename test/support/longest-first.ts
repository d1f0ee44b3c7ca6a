import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest. A run ends soonest when it begins with them. */
export const LONGEST: readonly string[] = [
  "conformance/subjects",
  "examples/enlighten",
  "package",
  "conformance/clean-up",
  "packaging/debian",
  "language/limits",
  "executable/always",
  "conformance/lacking",
  "conformance/results",
  "set-exec/become",
  "conformance/odd-usage",
  "executable/judge",
  "executable/attacks",
  "conformance/page",
  "inc/matrix",
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
