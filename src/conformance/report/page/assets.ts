/** The HTML page's style and script. */

export const PAGE_STYLE = `
:root { --bg: #f7f7f5; --card: #fff; --fg: #1d2024; --soft: #5a6069; --line: #dfdfda; --head: #efefeb; --link: #2746b0;
  --holds: #14602f; --holds-bg: #e2f3e6; --broken: #9d1428; --broken-bg: #fce4e4; --skip: #69490a; --skip-bg: #f8edcc; --noted: #1b4a88; --noted-bg: #e0ebfa;
  --bar-holds: #3f9a5d; --bar-broken: #cf3f4f; }
@media screen and (prefers-color-scheme: dark) { :root { --bg: #14161a; --card: #1b1e23; --fg: #e7e8ea; --soft: #a3a9b3; --line: #31353c; --head: #23272d; --link: #9db7ff;
  --holds: #86d9a0; --holds-bg: #1a3324; --broken: #ffa3a3; --broken-bg: #45191f; --skip: #ecc873; --skip-bg: #383016; --noted: #a9cdfb; --noted-bg: #1b2f4a;
  --bar-holds: #4fae70; --bar-broken: #e05a67; } }
* { box-sizing: border-box; }
html { scroll-padding: 1rem; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.top, main { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
.top { padding-top: 2.5rem; } .top > p { max-width: 46rem; margin: .4rem 0; color: var(--soft); }
.top .kicker { margin: 0; font-size: .85rem; letter-spacing: .02em; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2.2vw, 2.3rem); line-height: 1.15; letter-spacing: -.02em; margin: .2rem 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.3rem; letter-spacing: -.01em; margin: 2.5rem 0 .75rem; } h3 { font: 600 1rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; margin: 0; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 1rem 0 0; font-size: .9rem; } .facts div { display: flex; gap: .5rem; } dt { color: var(--soft); } dd { margin: 0; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--card); padding: .5rem 1rem; z-index: 9; } .skip:focus { top: .5rem; }
.wide { overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; } .tall { max-height: 80vh; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: middle; }
tbody:last-child tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; background: var(--head); z-index: 2; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; } th small { display: block; color: var(--soft); font-size: .82rem; line-height: 1.4; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: .75rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; min-width: 0; } .card h3 { font: inherit; font-weight: 650; font-size: 1.05rem; } .card p { margin: .35rem 0; font-size: .9rem; overflow-wrap: anywhere; } .card small { display: block; font-weight: 400; font-size: .82rem; color: var(--soft); overflow-wrap: anywhere; }
.card .headline { font-size: 1.15rem; margin: .6rem 0; } .headline b { display: block; font-weight: 650; } .headline b::first-letter { text-transform: uppercase; } .card .apart { color: var(--soft); font-size: .85rem; }
.bar { display: flex; height: .5rem; margin: .35rem 0; border-radius: 3px; overflow: hidden; background: var(--line); } .bar .held { background: var(--bar-holds); } .bar .ran { background: var(--bar-broken); }
.strip { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; padding: 0; margin: .75rem 0 0; } .strip li { margin: 0; } .strip .v { font-size: .8rem; padding: .15rem .5rem; }
.cells { display: inline-flex; gap: 3px; vertical-align: middle; } .cells > * { min-width: 1.75rem; text-align: center; } .cells i { font-style: normal; font-weight: 400; color: var(--soft); font-size: .8rem; } thead .cells { display: flex; } .cells .v { padding: .1rem 0; } .cells .v:has(.word) { padding: .1rem .6rem; } .cells .none { color: var(--soft); padding: .1rem 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .cells .v { position: relative; } .who { display: none; }
.meaning { max-width: 56rem; color: var(--soft); font-size: .92rem; margin: 1rem 0 0; }
#all tbody { scroll-margin: 4rem; }
.legend { font-size: .85rem; color: var(--soft); margin: 0 0 .75rem; line-height: 2; } .legend .none { padding: 0 .3rem 0 .6rem; }
.one { border-top: 1px solid var(--line); margin-top: .6rem; padding-top: .4rem; scroll-margin: 1rem; } .one:target { border-top-color: var(--link); box-shadow: inset 3px 0 var(--link); padding-left: .75rem; } .ask { font-size: .92rem; } .ask code { white-space: normal; font-weight: 600; } .repair { font-size: .9rem; padding-left: 1.15rem; } .replay { font-size: .85rem; color: var(--soft); }
#all thead th:first-child, #all th[scope=row] { position: sticky; left: 0; } #all thead th:first-child { z-index: 3; }
#all th[scope=row] { background: var(--card); z-index: 1; min-width: 19rem; border-right: 1px solid var(--line); } #all th[scope=row] a { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .85rem; text-decoration: none; white-space: nowrap; }
#all th a:hover, .back:hover { text-decoration: underline; } #all td { white-space: nowrap; width: 1%; } #all tr:hover > td, #all tr:target > * { background: var(--head); } #all tr:target > th { box-shadow: inset 3px 0 var(--link); }
#all tr { scroll-margin: 6rem; }
tr.group th { background: var(--head); font-weight: 600; } tr.group span { position: sticky; left: .75rem; }
.level { font-size: .75rem; letter-spacing: .04em; color: var(--soft); }
.v { display: inline-block; padding: .05rem .6rem; border-radius: 4px; font-size: .85rem; font-weight: 500; white-space: nowrap; text-decoration: none; }
a.v:hover { text-decoration: underline; text-underline-offset: 2px; }
.v.holds { color: var(--holds); background: var(--holds-bg); } .v.broken { color: var(--broken); background: var(--broken-bg); font-weight: 650; }
.v.skipped { color: var(--skip); background: var(--skip-bg); } .v.noted { color: var(--noted); background: var(--noted-bg); } .v.not-offered { color: var(--soft); font-weight: 400; }
summary .v, .none .v { min-width: 6.4rem; } li .v { margin-right: .15rem; }
.modes { display: flex; flex-wrap: wrap; gap: .15rem .4rem; margin: 0 0 .75rem; font-size: .85rem; color: var(--soft); } .modes b { color: var(--fg); font-weight: 600; } .modes b:not(:first-child) { margin-left: .9rem; }
#filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; margin: 0 0 .75rem; align-items: end; font-size: .9rem; } #filter[hidden] { display: none; }
#filter label { display: grid; gap: .15rem; color: var(--soft); font-size: .8rem; } #count { margin-left: auto; color: var(--soft); padding: .35rem 0; }
input, select, button { font: inherit; font-size: .9rem; color: var(--fg); background: var(--card); border: 1px solid var(--soft); border-radius: 5px; padding: .35rem .6rem; max-width: 100%; min-height: 2.2rem; }
button { cursor: pointer; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 0 0 .75rem; scroll-margin: 1rem; } article:target { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
article header { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; } article h3 a { color: inherit; text-decoration: none; } article h3 a:hover { text-decoration: underline; } .back { margin-left: auto; font-size: .85rem; text-decoration: none; }
article p { margin: .25rem 0; max-width: 56rem; } .from { font-size: .85rem; color: var(--soft); } cite { font-style: normal; overflow-wrap: anywhere; } .none { padding: .2rem 0 .2rem 1.15rem; font-size: .95rem; }
details { margin: .2rem 0; } summary { cursor: pointer; padding: .2rem 0; font-size: .95rem; } details[open] > summary { margin-bottom: .3rem; }
article ul { list-style: none; padding: 0 0 0 1.15rem; margin: 0 0 .75rem; scroll-margin: 4rem; } li { margin: .5rem 0; font-size: .92rem; overflow-wrap: anywhere; } ul:target { border-left: 3px solid var(--link); padding-left: calc(1.15rem - 3px); }
code, pre { font: .82rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; } pre { background: var(--head); border-radius: 6px; padding: .6rem .8rem; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen and (max-width: 48rem) { .top, main { padding-left: .75rem; padding-right: .75rem; } .top { padding-top: 1.25rem; } article, .card { padding: .75rem; } #filter label { flex: 1 1 8rem; } #filter input, #filter select { width: 100%; } #count { margin-left: 0; width: 100%; } .modes { display: grid; grid-template-columns: auto 1fr; } .modes b:not(:first-child) { margin: 0; }
  .tall { max-height: none; overflow: visible; } #all, #all tbody, #all tr, #all th, #all td { display: block; width: auto; } #all thead { display: none; } #all tr[hidden], #all tbody[hidden] { display: none; } #all tr { border-bottom: 1px solid var(--line); padding: .45rem 0; } #all th, #all td { border: 0; padding: .15rem .75rem; } #all th[scope=row] { position: static; min-width: 0; border: 0; } .cells { counter-reset: mode; } .cells > * { counter-increment: mode; } .cells > *:not(:has(.word))::before { content: counter(mode) " "; font-weight: 400; font-size: .75rem; } #all th[scope=row] a { white-space: normal; overflow-wrap: normal; } tr.group { padding: 0 !important; } #all tr.group th { padding: .4rem .75rem; }
  #all td:has(.who) { display: flex; justify-content: space-between; gap: .75rem; align-items: center; } .who { display: inline; white-space: normal; overflow-wrap: anywhere; font-size: .85rem; } .cells > *:not(:has(.word)) { min-width: 2.3rem; } .cells .v { padding: .25rem 0; } }
@media print { @page { size: landscape; margin: 12mm; } body { background: #fff; font-size: 10pt; } .top, main { max-width: none; padding: 0; } .wide { overflow: visible; max-height: none; border: 0; } #filter, .skip, .back, pre { display: none; }
  table { font-size: 8pt; } th, td { padding: .2rem .3rem; } thead th, #all th[scope=row], #all thead th:first-child { position: static; white-space: normal; } #all th[scope=row] { min-width: 0; } #all th small { font-size: 7pt; } #all th[scope=row] a { font-size: 8pt; }
  .level { font-size: 7pt; } .v { border: 1px solid; } .v, #all .v { font-size: 7.5pt; padding: 0 .25rem; min-width: 0; } .cells > * { min-width: 1rem; } .cards { display: block; } .card { margin-bottom: .5rem; break-inside: avoid; } article, tr { break-inside: avoid; } details::details-content { content-visibility: visible; height: auto; } }
`;

export const PAGE_SCRIPT = `
const form = document.getElementById("filter"), rows = [...document.querySelectorAll("#all tr[data-levels]")];
const fields = ["text", "group", "verdict", "level"].map((id) => document.getElementById(id));
function filter() {
  const [text, group, verdict, level] = fields.map((field) => field.value.trim());
  const words = text.toLowerCase().split(/\\s+/);
  let shown = 0;
  for (const row of rows) {
    const said = row.querySelector("th").textContent.toLowerCase();
    const fits = words.every((word) => said.includes(word))
      && (group === "" || row.parentElement.dataset.group === group)
      && (verdict === "" || row.querySelector(".v." + verdict) !== null)
      && (level === "" || row.dataset.levels.split(" ").includes(level));
    row.hidden = document.getElementById("about-" + row.id.slice(4)).hidden = !fits;
    if (fits) shown++;
  }
  for (const body of document.querySelectorAll("#all tbody")) body.hidden = !body.querySelector("tr[data-levels]:not([hidden])");
  document.getElementById("nothing").hidden = shown > 0;
  document.getElementById("count").textContent = shown + " of " + rows.length + " rows";
}
function follow() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch {}
  const target = document.getElementById(id);
  if (target === null) return;
  if (target.closest("[hidden]") !== null) { form.reset(); filter(); }
  const details = target.closest("details");
  // Some browsers open it by themselves.
  if (details !== null) details.open = true;
  // The whole requirement, if what was asked for is then still to be seen.
  (target.closest(".one, article") ?? target).scrollIntoView();
  if (target.getBoundingClientRect().top > innerHeight * 0.6) target.scrollIntoView({ block: "center" });
  const focus = details?.querySelector("summary") ?? target.querySelector("a");
  focus?.focus({ preventScroll: true });
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("reset", () => setTimeout(filter));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", follow);
filter();
// A browser goes to what the address names by itself, until all is loaded: what it then has is not undone again.
addEventListener("load", () => requestAnimationFrame(() => setTimeout(follow)));
`;
