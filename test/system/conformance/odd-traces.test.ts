/** Traces that a tracer could not write to their end. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, subject } from "./kit.ts";

/** A strace that writes half a line behind what the real one wrote, as long as `times` says. */
function straceThatStumbles(times: number): string {
  const folder = temporaryFolder();
  const script = `#!/bin/sh
for last; do [ "$previous" = -o ] && log=$last; previous=$last; done
PATH=\${PATH#*:} strace "$@"
status=$?
stumbles=$(ls ${folder} | wc -l)
case $log in /dev/null) ;; *) [ $stumbles -le ${times} ] && touch ${folder}/$$ && printf '7 execveat(3' >> "$log" ;; esac
exit $status
`;
  makeFile(join(folder, "strace"), 0o755, script);
  return folder;
}

const check = async (program: string, times: number) => {
  const env = { PATH: `${straceThatStumbles(times)}:${process.env.PATH}` };
  const args = ["--adapter", `${SUBJECT_ADAPTER}=${program}`, "--only", "check.always", "--jobs", "1"];
  return idsWith(await judged(args, { env }), "holds");
};

test("one is made once more, and then believed or not", async (context) => {
  needsEverything(context);
  const program = subject(context, "SOUND");
  expect(await check(program, 1)).toEqual(["check.always"]);
  expect(await check(program, 1000)).toEqual([]);
});
