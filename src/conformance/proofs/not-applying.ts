/** What does not apply to a build, because of what is declared of it. */
import { notOffered } from "../findings/verdict.ts";
import { type Enforced, enforcesAll } from "../requirements/always.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { foundAlready, type Job } from "./job.ts";

/** Whether a requirement applies: a build that enforces both bits always has nothing to ask. */
export function applies({ proof }: Requirement, always: readonly Enforced[]): boolean {
  if (!enforcesAll(always)) return true;
  return proof.by !== "securebits-fault" && !(proof.by === "trace" && proof.question === "securebits");
}

/** The jobs for those that do not apply. */
export function notApplyingJobs(wanted: readonly Requirement[], always: readonly Enforced[]): Job[] {
  const others = wanted.filter((each) => !applies(each, always));
  const finding = notOffered("it does not apply: this build is declared to enforce both bits always");
  return others.length === 0 ? [] : [foundAlready(others, "declared", finding)];
}
