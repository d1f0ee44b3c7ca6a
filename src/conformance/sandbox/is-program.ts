/**
 * Whether the kernel would execute a file. Node starts its children through execvp(3), which hands a file that the kernel
 * does not execute to sh, and so with each script that names such a file in its first line: sh would then be judged.
 */
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { quietly } from "./quietly.ts";

/** How many scripts may name each other, and how much of a first line the kernel reads. */
const NESTED = 5;
const FIRST_LINE_BYTES = 256;

/** What cannot be looked at counts as a program: if it is not one, that shows later. */
export function isProgram(path: string, nested: number = NESTED): boolean {
  const head = quietly(() => headOf(path));
  if (head === undefined || head.startsWith("\x7fELF") || hasOtherFormats()) return true;
  const next = interpreterIn(head);
  return next !== undefined && (nested === 0 || isProgram(next, nested - 1));
}

/** What the kernel starts in place of a script; undefined for a file that is not one. */
export function startsOf(path: string): string | undefined {
  return interpreterIn(quietly(() => headOf(path)) ?? "");
}

function interpreterIn(head: string): string | undefined {
  return /^#![ \t]*([^ \t\n\0]+)/.exec(head)?.[1];
}

function headOf(path: string): string {
  const fd = openSync(path, "r");
  try {
    const head = Buffer.alloc(FIRST_LINE_BYTES);
    return head.toString("latin1", 0, readSync(fd, head));
  } finally {
    closeSync(fd);
  }
}

/** Whether other formats are registered with the kernel (binfmt_misc). */
function hasOtherFormats(): boolean {
  const names = quietly(() => readdirSync("/proc/sys/fs/binfmt_misc")) ?? [];
  return names.some((name) => name !== "register" && name !== "status");
}
