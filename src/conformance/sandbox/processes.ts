/** The processes below one, from /proc. */
import { readdirSync, readFileSync } from "node:fs";
import { quietly } from "./quietly.ts";

/** All processes below this one, parents before their children. */
export function descendants(pid: number | "self"): string[] {
  return tasks(String(pid)).flatMap((task) => {
    const children = quietly(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")) ?? "";
    const pids = children.split(" ").filter((each) => each !== "");
    return pids.flatMap((each) => [each, ...descendants(Number(each))]);
  });
}

/** The threads of a process. */
export function tasks(pid: string): string[] {
  return quietly(() => readdirSync(`/proc/${pid}/task`)) ?? [];
}
