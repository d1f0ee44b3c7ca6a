/** Drives Debian's Chromium with playwright-core, which brings no browser of its own. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { TestContext } from "vitest";
import { skipWithReason } from "./skip.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Skips where there is no browser. */
export function needsBrowser(context: TestContext): void {
  if (findBrowser() === undefined)
    skipWithReason(context, "there is no Chromium: on Debian, apt-get install chromium");
}

/** Starts the browser; undefined where there is none. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = findBrowser();
  // Its sandbox does not work for root, and the pages are our own.
  return executablePath === undefined
    ? undefined
    : await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function findBrowser(): string | undefined {
  return PLACES.find((path) => existsSync(path));
}
