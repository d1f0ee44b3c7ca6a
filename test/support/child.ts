/**
 * A program that calls one function of a module and prints its result as JSON: what changes a process for good (bits,
 * privileges, Landlock) is tested in it. Arguments: the module, the function, its arguments as JSON, the user.
 */
import { writeSync } from "node:fs";
import { linuxKernel } from "../../src/exec-check/exec-check.ts";
import { becomeNobody } from "./become-nobody.ts";

const [, , module, name, args, user] = process.argv as string[];
const scene = (await import(module as string))[name as string];
// Loads the addon while it can be reached. Where loading fails, the scene meets the failure itself.
try {
  linuxKernel.getSecurebits();
} catch {}
if (user === "nobody") becomeNobody();
writeSync(1, JSON.stringify(await scene(...JSON.parse(args as string))) ?? "null");
