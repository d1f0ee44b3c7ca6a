/** Every form of every kind, and who builds it. A form that is asked for and not built does not compile. */
import type { FormsOf, Kind, Way } from "../requirements/ways.ts";
import { DESCRIPTOR_FILES, STREAMS } from "./descriptors.ts";
import { ATTENDED, againThroughNoexec, fifo, NAMED_FILES } from "./named-files.ts";
import type { Builder, BuildersOf } from "./scene.ts";
import { STANDARD_INPUT } from "./standard-input.ts";

/** Code that no file holds: there is nothing to build. */
const text: Builder = () => ({});

const FORMS: { readonly [K in Kind]: BuildersOf<FormsOf[K]> } = {
  script: { ...NAMED_FILES, ...DESCRIPTOR_FILES, ...STREAMS, ...ATTENDED },
  stdin: STANDARD_INPUT,
  terminal: { terminal: () => ({ terminal: true }) },
  snippet: { text },
  environment: { text },
  startup: { ...NAMED_FILES, fifo },
  module: { ...NAMED_FILES, fifo, "again-through-noexec": againThroughNoexec },
  option: { ...NAMED_FILES, fifo },
  "by-name": NAMED_FILES,
  compiled: NAMED_FILES,
  native: NAMED_FILES,
  shebang: NAMED_FILES,
};

/** Who builds the form of this way. */
export function builderOf<K extends Kind>(way: Way<K>): Builder {
  const forms: BuildersOf<FormsOf[K]> = FORMS[way.kind];
  return forms[way.form];
}
