/** A report with everything in it that is hard to write down: made by hand, so that it does not depend on a run. */
import type { JsonInterpreter, JsonReport } from "../../src/conformance/report/json.ts";
import { MEANING } from "../../src/conformance/report/sentences.ts";

type Found = JsonInterpreter["requirements"][number];

/** Output of an interpreter: markup, quotes, escapes, controls, a number sign, characters that XML cannot hold. */
export const HARD = `<b a="1">&amp; ]]> ' \x1b[31m \x00\x07\x7f\x9b # SKIP \ufffe \u202e\r\nsecond line\ttab`;

const evidence = {
  what: "the case",
  command: ["/usr/bin/it", "-c", HARD],
  env: { CODE: HARD },
  mode: 2,
  marker: "123456789",
  ran: true,
  status: 0,
  signal: null,
  hung: false,
  stdout: HARD,
  stderr: HARD,
  ms: 12,
};

const found = (id: string, level: Found["level"], verdict: Found["verdict"], reason: string): Found => ({
  id,
  level,
  verdict,
  ...(verdict === "broken"
    ? { repair: "What it says. Likely: a cause; see docs/requirements.md#what-to-write." }
    : {}),
  cases: [{ entry: "script/argument", verdict, reason, evidence: [evidence] }],
});

const REQUIREMENTS: readonly Found[] = [
  found("file.executable.mode-1", "MUST", "holds", "its marker was observed"),
  found("file.not-executable.mode-2", "MUST", "broken", `it ran: ${HARD}`),
  found("stream.fifo.mode-3", "SHOULD", "broken", HARD),
  found("snippet.mode-3", "MUST", "skipped", HARD),
  found("option.executable.mode-1", "MUST", "not offered", "the adapter names no such channel"),
  found("fault.securebits", "CHOICE", "noted", "closed"),
];

/** Of the first; made by hand, as all of it. */
const must: JsonInterpreter["must"] = {
  of: 190,
  tried: 2,
  broken: 1,
  untried: 1,
  outside: 1,
  lacks: [],
  refuse: { of: 2, held: 0, untried: 1 },
  run: { of: 1, held: 1, untried: 0 },
  call: { of: 0, held: 0, untried: 0 },
};

const tally = { holds: 1, broken: 2, skipped: 1, notOffered: 1, brokenMust: 1, brokenShould: 1 };
const broken: JsonInterpreter = {
  name: "it",
  title: `It ${HARD}`,
  interpreter: "/usr/bin/it",
  version: HARD,
  given: ["it=/usr/bin/it"],
  kinds: ["script", "stdin", "snippet"],
  conforms: false,
  outcome: "does not conform",
  notes: [`declared ${HARD}`],
  headline: "refused when it had to: 0 of 2 (1 not tried)",
  apart: "where nothing had to be refused: 1 of 1 ran",
  conclusion: "does not conform: 1 MUST broken, 2 of 190 MUST tried",
  ms: 1500,
  must,
  tally,
  requirements: REQUIREMENTS,
};

export const HARD_REPORT: JsonReport = {
  version: 2,
  kit: "0.1.0",
  date: "2026-01-02T03:04:05.678Z",
  kernel: "6.14.0",
  uid: 0,
  meaning: MEANING,
  interpreters: [
    broken,
    {
      ...broken,
      name: "other",
      title: "Other",
      conforms: false,
      outcome: "not all tried",
      notes: [],
      headline: "refused when it had to: 1 of 2 (1 not tried)",
      conclusion: "no verdict on the whole: 2 of 190 MUST tried, none of them broken",
      must: { ...must, broken: 0, refuse: { of: 2, held: 1, untried: 1 } },
      tally: { ...tally, holds: 2, broken: 1, brokenMust: 0 },
      requirements: REQUIREMENTS.map((each) =>
        each.id.startsWith("file") ? { ...each, verdict: "holds" } : each,
      ),
    },
  ],
};
