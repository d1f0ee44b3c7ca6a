/** The HTML report in a browser, opened from a file: with and without scripts, by mouse and by keyboard. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { JsonInterpreter } from "../../../src/conformance/report/json.ts";
import { htmlReport } from "../../../src/conformance/report/page/page.ts";
import { needsBrowser, openBrowser } from "../../support/browser.ts";
import { HARD_REPORT } from "../../support/hard-report.ts";
import { judged } from "./kit.ts";

const folder = mkdtempSync(join(tmpdir(), "exec-conformance-page-"));
const [REAL, HARD, MANY] = ["real", "hard", "many"].map(
  (name) => pathToFileURL(join(folder, `${name}.html`)).href,
) as [string, string, string];
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await openBrowser();
  if (browser === undefined) return;
  const report = await judged(["dash", "bash", "--no-trace", "--only", "file", "--only", "snippet"]);
  writeFileSync(join(folder, "real.html"), htmlReport(report));
  writeFileSync(join(folder, "hard.html"), htmlReport(HARD_REPORT));
  const [first] = HARD_REPORT.interpreters as [JsonInterpreter];
  const interpreters = [1, 2, 3, 4, 5, 6].map((at) => ({
    ...first,
    name: `it-${at}`,
    title: `GNU It ${at}`,
  }));
  writeFileSync(join(folder, "many.html"), htmlReport({ ...HARD_REPORT, interpreters }));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(needsBrowser);

/** Opens a page. Each test fails if the page logs anything or asks the network for anything. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (browser as Browser).newContext(options);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => request.url().startsWith("file:") || wrong.push(request.url()));
  onTestFinished(async () => {
    await context.close();
    expect(wrong).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** Whether something becomes so; a browser takes its time on a busy machine. */
const soon: typeof expect.poll = (of) => expect.poll(of, { timeout: 10_000 });
const visibleRows = (page: Page) => page.locator("#all tr[data-levels]:visible").count();
/** What runs in the page is text here, because this project has no types of the DOM. */
const FOCUSED = "document.activeElement.textContent";
const OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true";

const TARGET = "snippet.mode-3--dash";

test("shows what an interpreter printed, and takes none of it for markup", async () => {
  const page = await open(`${HARD}#file.not-executable.mode-2--it`);
  const text = await page.locator("[id='file.not-executable.mode-2--it'] pre").innerText();
  expect(text).toContain(`<b a="1">&amp; ]]> ' ·[31m ···· # SKIP`);
  expect(await page.locator("b[a]").count()).toBe(0);
  expect(await page.locator("tbody tr[data-levels] .v.not-offered").first().innerText()).toMatch(
    /not offered/,
  );
});

describe("filters", () => {
  test("by word, group, verdict and level, and all together; the count is announced", async () => {
    const page = await open(REAL);
    const all = await visibleRows(page);
    await page.getByLabel("Find").fill("symbolic not-executable");
    expect(await visibleRows(page)).toBe(1);
    expect(await page.locator("output").innerText()).toBe(`1 of ${all} rows`);
    expect(await page.locator("output").getAttribute("aria-live")).toBe("polite");
    expect(await page.locator("article:visible").count()).toBe(1);
    expect(await page.locator("tr.group:visible").count()).toBe(1);
    await page.getByLabel("Verdict").selectOption("broken");
    expect(await visibleRows(page)).toBe(1);
    await page.getByLabel("Level").selectOption("SHOULD");
    expect(await visibleRows(page)).toBe(0);
    expect(await page.getByText("No requirement fits").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Clear" }).click();
    await soon(() => visibleRows(page)).toBe(all);
    await page.getByLabel("Group").selectOption("Code as an argument");
    expect(await visibleRows(page)).toBe(1);
  });

  test("what a link points at is shown, whatever is filtered", async () => {
    const page = await open(REAL);
    await page.getByLabel("Find").fill("file.memfd");
    await page.evaluate(`location.hash = "${TARGET}"`);
    await soon(() => page.locator(`[id='${TARGET}']`).isVisible()).toBe(true);
  });
});

describe("deep links", () => {
  test("to a cell: its evidence is open, in sight and has the focus", async () => {
    const page = await open(`${REAL}#${TARGET}`);
    await soon(() => page.locator(`[id='${TARGET}']`).isVisible()).toBe(true);
    expect(await page.locator("details[open]").count()).toBe(1);
    await soon(() => page.evaluate(FOCUSED)).toMatch(/broken dash/);
    const box = await page.locator(":focus").boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(700);
    expect(await page.locator(`[id='${TARGET}'] pre`).first().innerText()).toMatch(/dash -c .*marker/s);
  });

  test("to a requirement", async () => {
    const page = await open(`${REAL}#file.landlock.mode-2`);
    const box = await page.locator("[id='file.landlock.mode-2']").boundingBox();
    expect(Math.abs(box?.y ?? 999)).toBeLessThan(60);
  });

  test("to nothing, and to something that is not an id", async () => {
    await open(`${REAL}#nowhere`);
    await open(`${REAL}#%E0%A4%A`);
  });
});

test("by key alone: to the table, to a cell's evidence, and back", async () => {
  const page = await open(REAL);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(FOCUSED)).toBe("To the requirements");
  await page.locator(`a[href='#${TARGET}']`).focus();
  const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
  expect(outline).toBe("solid");
  await page.keyboard.press("Enter");
  const details = page.locator("details", { has: page.locator(`[id='${TARGET}']`) });
  // The browser opens it by itself, and then gives it the focus.
  await soon(() => page.evaluate(FOCUSED)).toMatch(/broken dash/);
  expect(await details.getAttribute("open")).not.toBe(null);
  await page.keyboard.press("Enter");
  await soon(() => details.getAttribute("open")).toBe(null);
  await page.keyboard.press("Space");
  await soon(() => details.getAttribute("open")).not.toBe(null);
  await page.getByRole("link", { name: "to snippet in the table" }).press("Enter");
  await soon(() => page.evaluate(FOCUSED)).toBe("snippet");
  expect(await page.locator("[id='row-snippet']").isVisible()).toBe(true);
});

test("for a screen reader: headings, named regions, tables with headers", async () => {
  const page = await open(REAL);
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await page.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual([
    "Summary",
    "Requirements",
    "Evidence",
  ]);
  expect(await page.getByRole("region", { name: "Requirements" }).count()).toBeGreaterThan(0);
  const table = page.locator("#all");
  expect(await table.getByRole("columnheader").count()).toBe(4);
  for (const name of ["Requirement", "Level", "dash", "GNU Bash"])
    expect(await table.getByRole("columnheader", { name, exact: true }).count(), name).toBe(1);
  // A cell says its mode and its verdict in words.
  expect(await table.getByRole("link", { name: "mode 3: broken", exact: true }).count()).toBeGreaterThan(0);
  const rows = table.locator("tr[data-levels]");
  expect(await table.getByRole("rowheader").count()).toBeGreaterThanOrEqual(await rows.count());
  expect(await page.locator("[id]").count()).toBe(
    await page.evaluate("new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size"),
  );
  const dangling = await page.evaluate(
    `[...document.querySelectorAll("a[href^='#']")].map(({ hash }) => hash.slice(1)).filter((id) => document.getElementById(id) === null)`,
  );
  expect(dangling).toEqual([]);
});

test("without scripts every verdict and all evidence can be read", async () => {
  const page = await open(REAL, { javaScriptEnabled: false });
  expect(await page.locator("#filter").isVisible()).toBe(false);
  const verdicts = await page.locator("#all td .v:visible").allInnerTexts();
  expect(verdicts.length).toBe(2 * (await page.locator(".one").count()));
  expect(verdicts.filter((text) => !/(holds|broken|skipped|not offered|noted)$/.test(text))).toEqual([]);
  const evidence = page.locator(`[id='${TARGET}'] pre`).first();
  expect(await evidence.isVisible()).toBe(false);
  await page.locator("details", { has: evidence }).locator("summary").click();
  expect(await evidence.isVisible()).toBe(true);
  // A browser opens by itself what a link points into.
  await page.locator("a[href='#snippet.mode-4--bash']").click();
  await soon(() => page.locator("[id='snippet.mode-4--bash']").isVisible()).toBe(true);
});

test("the number that counts comes first, of each interpreter, with its groups as a strip", async () => {
  const page = await open(REAL);
  expect(await page.locator("main h3").first().innerText()).toMatch(/^dash/);
  expect(await page.locator(".card .headline").allInnerTexts()).toEqual(
    Array(2).fill(expect.stringMatching(/^refused when it had to: 0 of \d+ \(\d+ not tried\)/i)),
  );
  const chips = page.locator(".card").first().locator(".strip a");
  expect(await chips.allInnerTexts()).toEqual([
    expect.stringMatching(/file \d+ of \d+$/),
    expect.stringMatching(/snippet 2 of 4$/),
  ]);
  await chips.last().click();
  expect(await page.locator("[id='row-snippet']").isVisible()).toBe(true);
});

test("evidence can be replayed: the launcher's options, and how to have the case again", async () => {
  const page = await open(`${REAL}#${TARGET}`);
  const evidence = page.locator(`[id='${TARGET}']`);
  expect(await evidence.locator("pre").first().innerText()).toMatch(/^\$ set-exec -i -- \/\S*dash -c /m);
  expect(await evidence.locator(".replay").innerText()).toContain(
    "exec-conformance dash --reproduce snippet.mode-3:snippet/-c",
  );
});

test("400 pixels wide, no cell is cut off and no id is broken", async () => {
  const page = await open(REAL, { viewport: { width: 400, height: 800 } });
  const cut = await page.evaluate(
    `[...document.querySelectorAll("#all .v, #all th a, .strip a, .headline")].filter((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 0 && (left < 0 || right > 400);
    }).length`,
  );
  expect(cut).toBe(0);
  const broken = await page.evaluate(
    `[...document.querySelectorAll("#all th[scope=row] a")].filter((each) => new Set([...each.getClientRects()].map(({ top }) => top)).size > 1).length`,
  );
  expect(broken).toBe(0);
  const scrolling = await page.evaluate(
    `[...document.querySelectorAll(".wide")].filter((each) => each.scrollWidth > each.clientWidth).length`,
  );
  expect(scrolling).toBe(0);
});

test.each([
  [360, 740],
  [768, 1024],
  [1280, 800],
])("%i pixels wide, the page does not scroll sideways", async (width, height) => {
  for (const url of [REAL, HARD]) {
    const page = await open(url, { viewport: { width, height } });
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  }
});

/** All visible text whose contrast with its background, as WCAG computes it, is too low. */
const LOW_CONTRAST = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = parse(color).map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return parse(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
  };
  const found = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!hasText || ["SCRIPT", "OPTION"].includes(element.tagName) || element.offsetParent === null) continue;
    const [text, back] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    if (ratio < 4.5) found.add(element.tagName + "." + element.className + ": " + ratio.toFixed(2));
  }
  return [...found];
})()`;

test.each(["light", "dark"] as const)("%s: every text has enough contrast", async (colorScheme) => {
  const backgrounds = new Set<string>();
  for (const url of [REAL, HARD]) {
    const page = await open(url, { colorScheme });
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    backgrounds.add(await page.evaluate<string>("getComputedStyle(document.body).backgroundColor"));
  }
  const [channel] = [...backgrounds].map((color) => Number(/\d+/.exec(color)?.[0]));
  expect((channel as number) > 128).toBe(colorScheme === "light");
});

test.each(["light", "dark"] as const)(
  "printed by one who likes it %s: all verdicts with their reasons, on white",
  async (colorScheme) => {
    const viewport = { width: 1000, height: 700 };
    const page = await open(MANY, { colorScheme, viewport });
    await page.emulateMedia({ media: "print", colorScheme });
    expect(await page.locator("#filter").isVisible()).toBe(false);
    const clipped = await page.evaluate(
      "[...document.querySelectorAll('.wide')].filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > innerWidth).length",
    );
    expect(clipped).toBe(0);
    const reason = page.locator("[id='fault.securebits--it-1'] li").first();
    expect((await reason.boundingBox())?.height).toBeGreaterThan(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(29, 32, 36)");
  },
);
