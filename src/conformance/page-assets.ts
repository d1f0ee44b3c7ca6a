/** The HTML page's style and script. Verdicts are told apart by word first, colour second. */

export const PAGE_STYLE = `
:root { --bg: #fff; --fg: #1b1f24; --soft: #57606a; --line: #d0d7de; --head: #f6f8fa; --link: #0550ae;
  --holds: #116329; --holds-bg: #dafbe1; --broken: #a40e26; --broken-bg: #ffebe9; --skip: #6a4b00; --skip-bg: #fff8c5; --noted: #0a3069; --noted-bg: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --soft: #9ea7b3; --line: #30363d; --head: #161b22; --link: #79c0ff;
  --holds: #7ee787; --holds-bg: #12261e; --broken: #ffa198; --broken-bg: #3c1618; --skip: #f2cc60; --skip-bg: #2e2a1f; --noted: #a5d6ff; --noted-bg: #121d2f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif; }
header, main { max-width: 100rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 1.5rem 0 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
header p, .from, small { color: var(--soft); }
a { color: var(--link); } a:focus-visible, summary:focus-visible, .wide:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.wide { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--head); z-index: 2; }
tbody th[scope=row] { font-weight: 400; position: sticky; left: 0; background: var(--bg); z-index: 1; }
tr.group th { background: var(--head); font-weight: 600; position: static; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
.v a, .v span { display: inline-block; min-width: 4.2rem; padding: 0 .5rem; border-radius: 4px; text-align: center; font-weight: 400; text-decoration: none; }
.v a:hover { text-decoration: underline; }
.holds a, .holds span { color: var(--holds); background: var(--holds-bg); }
.broken a, .broken span { color: var(--broken); background: var(--broken-bg); font-weight: 700; }
.skipped a, .skipped span { color: var(--skip); background: var(--skip-bg); }
.noted a, .noted span { color: var(--noted); background: var(--noted-bg); }
.not-offered span { color: var(--soft); }
#filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin: .5rem 0; align-items: center; } #filter[hidden] { display: none; }
input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 4px; padding: .15rem .4rem; max-width: 100%; }
article { border-top: 1px solid var(--line); padding: .8rem 0; } article:target, details:target { outline: 2px solid var(--link); outline-offset: 4px; }
article p { margin: .2rem 0; max-width: 70rem; } .from { font-size: .85rem; }
article h3 a { color: inherit; text-decoration: none; } article h3 a:hover { text-decoration: underline; }
summary { cursor: pointer; padding: .15rem 0; } ul { padding-left: 1.2rem; margin: .3rem 0; } li { margin: .3rem 0; }
pre { background: var(--head); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem; margin: .3rem 0; font: 12.5px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 40rem) { tbody th[scope=row] { max-width: 11rem; white-space: normal; overflow-wrap: anywhere; } th, td { padding: .25rem .35rem; } }
@media print { .wide { overflow: visible; max-height: none; } #filter { display: none; } }
`;

export const PAGE_SCRIPT = `
const form = document.getElementById("filter"), rows = [...document.querySelectorAll("#all tr[data-level]")];
form.hidden = false;
const fields = ["text", "verdict", "level"].map((id) => document.getElementById(id));
function filter() {
  const [text, verdict, level] = fields.map((field) => field.value.toLowerCase());
  let shown = 0;
  for (const row of rows) {
    const id = row.id.slice(4), article = document.getElementById(id);
    const fits = (text === "" || (id + " " + article.querySelector("p").textContent).toLowerCase().includes(text))
      && (verdict === "" || row.querySelector("." + verdict) !== null)
      && (level === "" || row.dataset.level.toLowerCase() === level);
    row.hidden = article.hidden = !fits;
    if (fits) shown++;
  }
  for (const group of document.querySelectorAll("#all tbody")) group.hidden = !group.querySelector("tr[data-level]:not([hidden])");
  document.getElementById("count").textContent = shown + " of " + rows.length + " requirements";
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
function follow() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  const article = target.closest("article");
  if (article !== null && article.hidden) { for (const field of fields) field.value = ""; filter(); }
  if (target.tagName === "DETAILS") target.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", follow);
filter();
follow();
`;
