/** `npm run bench [name…]`: everything that is measured, side by side with its peers in one run. */
import { release } from "node:os";
import { benchAdmission } from "./admission.ts";
import { benchConformance } from "./conformance.ts";
import { benchLanguage } from "./language.ts";
import { benchOutput } from "./output.ts";
import { benchParsing } from "./parsing.ts";
import { benchStartUp } from "./start-up.ts";
import { benchTrees } from "./trees.ts";

const BENCHES: Readonly<Record<string, () => boolean | Promise<boolean>>> = {
  admission: benchAdmission,
  "start-up": benchStartUp,
  language: benchLanguage,
  parsing: benchParsing,
  output: benchOutput,
  trees: benchTrees,
  conformance: benchConformance,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(
    `bench: no bench is called ${unknown.join(", ")}; there are: ${Object.keys(BENCHES).join(", ")}`,
  );
  process.exit(2);
}
console.log(`Linux ${release()}, Node ${process.version}\n`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!(await bench())) process.exitCode = 1;
}
