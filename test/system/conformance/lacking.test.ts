/** Where something is missing, what needs it is skipped with the reason, and no other verdict changes. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { temporaryFolder } from "../../support/files.ts";
import { run } from "../../support/run.ts";
import { judged, KIT, needsEverything, needsStrace } from "./kit.ts";

/** A prefix for the kit's command: a shell sets something up first. */
function after(setUp: string): string[] {
  return ["sh", "-c", `${setUp}\nexec "$@"`, "sh"];
}

const NO_CAPABILITIES = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"];
const IN_USER_NAMESPACE = ["unshare", "--user", "--map-root-user", "--"];

/** What is missing, the prefix of a command that runs without it, which ids are then skipped, and the reason given. */
const PLACES: readonly (readonly [string, readonly string[], RegExp, RegExp])[] = [
  ["privilege", ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"], /^$/, /^$/],
  ["every capability of root", NO_CAPABILITIES, /noexec/, /no noexec mount can be made here: \S/],
  [
    "user namespaces, by sysctl",
    [...IN_USER_NAMESPACE, ...after("echo 0 > /proc/sys/user/max_user_namespaces"), ...NO_CAPABILITIES],
    /noexec/,
    /no noexec mount can be made here: \S/,
  ],
  [
    "other users (a user namespace with one)",
    IN_USER_NAMESPACE,
    /owner-lacks-x/,
    /cannot become another user here/,
  ],
  [
    "terminals",
    ["unshare", "--mount", "--", ...after("mount -t tmpfs none /dev/pts; mount --bind /dev/null /dev/ptmx")],
    /terminal/,
    /cannot be set up here: \S/,
  ],
  [
    "/proc",
    ["unshare", "--mount", "--", ...after("mount -t tmpfs none /proc")],
    /noexec|locked|proc-fd|dev-|terminal|substitution|deleted|memfd|check|securebits|fault|race/,
    /cannot be|can be|cannot open|seen|No such file|control failed|never/,
  ],
  ["/proc/sys", ["unshare", "--mount", "--", ...after("mount --bind /dev/shm /proc/sys")], /^$/, /^$/],
];

const verdicts = (report: JsonReport) =>
  new Map(
    (report.interpreters[0]?.requirements ?? []).map(({ id, verdict, cases }) => [
      id,
      { verdict, reason: cases.find((each) => each.verdict === "skipped")?.reason ?? "" },
    ]),
  );

describe("without", () => {
  /** The requirements that need a tracer: asked for only where a tracer may be what is missing. */
  const BY_TRACER = /^(check|securebits|fault|race)\./;
  let everything: ReturnType<typeof verdicts>;
  beforeAll(async () => {
    everything = verdicts(await judged(["dash"]));
  });
  beforeEach(needsEverything);

  test.each(PLACES)("%s", async (_, put, ids, reason) => {
    const isTraced = ids.test("check.always");
    const options = ["--report", "json", ...(isTraced ? [] : ["--no-trace"])];
    const argv = [...put, process.execPath, KIT, "dash", ...options];
    const { status, stdout, stderr } = await run(argv);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const there = [...verdicts(JSON.parse(stdout) as JsonReport)];
    const asked = there.filter(([id]) => isTraced || !BY_TRACER.test(id));
    const changed = asked.filter(([id, { verdict }]) => verdict !== everything.get(id)?.verdict);
    expect(changed.filter(([, { verdict }]) => verdict !== "skipped")).toEqual([]);
    expect(changed.filter(([id, said]) => !ids.test(id) || !reason.test(said.reason))).toEqual([]);
    if (ids.source !== "^$") expect(changed.length).toBeGreaterThan(0);
  });

  test("any helper in PATH", async () => {
    const PATH = join(temporaryFolder(), "nothing");
    mkdirSync(PATH);
    const argv = [process.execPath, KIT, "dash=/usr/bin/dash", "--report", "json"];
    const { status, stdout } = await run(argv, { env: { PATH } });
    expect(status).toBe(1);
    const there = verdicts(JSON.parse(stdout) as JsonReport);
    const changed = [...there].filter(([id, { verdict }]) => verdict !== everything.get(id)?.verdict);
    expect(changed.filter(([, { verdict }]) => verdict !== "skipped")).toEqual([]);
    expect(there.get("check.always")?.reason).toMatch(/strace is not installed/);
    expect(there.get("stdin.terminal.mode-1")?.reason).toMatch(/setsid/);
    expect(there.get("file.noexec-mount.mode-2")?.reason).toMatch(/unshare/);
  });
});

/** With a filter, an old kernel or a restricted parent, nothing can be found out. */
test.for([
  ["the check is filtered", "execveat:error=EPERM", /filter/],
  ["the kernel is older", "execveat:error=EINVAL", /6\.14/],
  ["the securebits cannot be known", "prctl:error=EPERM", /PR_GET_SECUREBITS/],
] as const)("%s: status 4, and one line why", async ([, fault, why], context) => {
  needsStrace(context);
  const call = fault.split(":")[0] as string;
  const tracer = ["strace", "-f", "-o", "/dev/null", "-e", `trace=${call}`, "-e", `inject=${fault}`];
  const { status, stdout, stderr } = await run([...tracer, process.execPath, KIT, "dash"]);
  expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
  expect(stderr).toMatch(/^exec-conformance: [^\n]+\n$/);
  expect(stderr).toMatch(why);
});
