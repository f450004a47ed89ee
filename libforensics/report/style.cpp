#include "report/pages.hpp"

namespace forensics::report {

// Colours: text on its ground has a contrast of 4.5 or more in both schemes (WCAG AA); whatever a
// colour says, a word or a sign beside it says too.
std::string_view style_sheet() {
  return R"css(:root {
  color-scheme: light dark;
  --ground: #f7f6f2; --card: #ffffff; --ink: #1d2126; --soft: #5a6068; --line: #dedbd2;
  --accent: #1f5568; --tint: #eaf0f1; --warn: #8a3b12; --warn-ground: #fdf1e7;
  --good: #2c6140; --mark: #6b4e00; --mark-ground: #fbf3d5;
  --sans: system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic",
          "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1c2024; --ink: #e6e3dc; --soft: #a3a8ad; --line: #343a40;
    --accent: #8cc4d6; --tint: #20292e; --warn: #f0a878; --warn-ground: #2c211a;
    --good: #8fcca4; --mark: #e6c867; --mark-ground: #2b2718;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 var(--sans); overflow-wrap: anywhere;
}
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre, .hash, .raw, .no, .groups, .ctl { font-family: var(--mono); }
code, .raw { font-size: .92em; }
h1, h2, h3 { line-height: 1.25; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.8vw, 2.1rem); margin: 1.6rem 0 .8rem; }
.kicker { margin: 1.6rem 0 -1.4rem; color: var(--soft); font-size: .9rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .7rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .5rem 0; }

.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset: .5rem auto auto .5rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.top, main, .foot { max-width: 50rem; margin-inline: auto; padding-inline: clamp(.8rem, 3vw, 1.5rem); }
.top { padding-top: 1.1rem; border-bottom: 1px solid var(--line); }
.top .case { margin: 0; font-size: .85rem; color: var(--soft); }
.site ul, .pager ul, .tiles, .badges, .list, .people, .tally, .pages, .events {
  list-style: none; margin: 0; padding: 0;
}
.site ul { display: flex; flex-wrap: wrap; gap: 0 1.2rem; margin-top: .3rem; }
.site a { display: block; padding: .45rem 0; text-decoration: none; font-size: .95rem; }
.site a:hover { text-decoration: underline; }
.site a[aria-current] {
  color: var(--ink); font-weight: 650; box-shadow: inset 0 -3px 0 var(--accent);
}
main { padding-bottom: 2rem; }
.foot {
  border-top: 1px solid var(--line); padding-block: 1rem 2.5rem; font-size: .8rem; color: var(--soft);
}
.foot p { margin: .2rem 0; }

.pager { margin: 1rem 0; border-block: 1px solid var(--line); }
.pager ul { display: flex; justify-content: space-between; gap: .5rem; font-size: .92rem; }
.pager li > * { display: inline-block; padding-block: .5rem; }
.pager li:nth-child(2) { text-align: center; }
.off { color: var(--soft); }

.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1rem 1.2rem; margin: 1.1rem 0;
}
.card > :first-child { margin-top: 0; }
.card > :last-child { margin-bottom: 0; }
.warn { background: var(--warn-ground); border-color: var(--warn); border-inline-start-width: 6px; }
.warn h2 { color: var(--warn); }
.card ul:not([class]) { padding-inline-start: 1.1rem; margin: .5rem 0; }
.card li { margin: .3rem 0; }
.bad { color: var(--warn); }
.good { color: var(--good); }
.absent, .empty, .count, .kind, .phone, .cont, .more { color: var(--soft); }
.count, .kind, .phone, .cont, .more { font-size: .88em; }
.kind { margin: 0; }
.end { color: var(--soft); font-size: .9rem; margin-top: 2rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 1.1rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.8rem, 1fr)); gap: .6rem; }
.tiles a {
  display: block; height: 100%; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 10px;
  background: var(--card); text-decoration: none; color: var(--soft); font-size: .88rem;
}
.tiles a:hover { border-color: var(--accent); }
.tiles b { display: block; font-size: 1.45rem; line-height: 1.2; color: var(--ink); font-weight: 650; }

.facts { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .3rem 1rem; margin: .4rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
.groups { font-size: .9em; }
.groups span { display: inline-block; margin-inline-end: .25em; }
.glossary dt { font-weight: 650; margin-top: .7rem; }
.glossary dd { margin: 0; }

.list li { padding: .8rem 0; border-bottom: 1px solid var(--line); }
.list p { margin: .1rem 0; color: var(--soft); font-size: .9rem; }
.big { font-size: 1.1rem; font-weight: 600; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .2rem 1.2rem; }
.people li { margin: 0; }
.pages { padding-inline-start: 0; }
.pages li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
.pages span { color: var(--soft); font-size: .88rem; margin-inline-start: .6rem; }
.source { font-size: .9rem; color: var(--soft); }

.day {
  text-align: center; font-size: .88rem; font-weight: 600; color: var(--soft); margin: 1.8rem 0 .8rem;
}
.m {
  background: var(--card); border: 1px solid var(--line); border-radius: 4px 14px 14px 14px;
  padding: .6rem .9rem .5rem; margin: .55rem 0; max-width: 42rem; width: fit-content; min-width: min(100%, 19rem);
}
.m:target { outline: 3px solid var(--accent); outline-offset: 1px; }
.m p { margin: .15rem 0; }
.m .h { display: flex; flex-wrap: wrap; gap: 0 .7rem; align-items: baseline; }
.who { font-weight: 650; color: var(--accent); }
.when { font-size: .88rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.no { font-size: .76rem; margin-inline-start: auto; color: var(--soft); text-decoration: none; }
.no:hover { text-decoration: underline; }
.t { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; margin: .25rem 0; }
.m > .t { font-size: 1.05rem; }
.m .p {
  font-size: .76rem; color: var(--soft); margin-top: .45rem; padding-top: .3rem;
  border-top: 1px dotted var(--line);
}
.m .p a { color: inherit; }
abbr { text-decoration: none; }
.m .raw, .quote .raw { white-space: pre-wrap; }
.rec { border: 2px dashed var(--accent); }
.q {
  margin: .3rem 0; padding: .1rem .6rem; border-inline-start: 3px solid var(--line); color: var(--soft);
  white-space: pre-wrap; unicode-bidi: plaintext;
}
.sys {
  margin-inline: auto; text-align: center; background: none; border-style: dashed; border-radius: 10px;
}
.sys .h { justify-content: center; }
.sys .who { color: var(--soft); font-weight: 500; font-size: .88rem; }
.sys .no { margin-inline-start: 0; }
.sys > .t { font-size: .95rem; text-align: center; }
.out { margin-inline-start: auto; border-radius: 14px 4px 14px 14px; background: var(--tint); }
.badges { display: flex; flex-wrap: wrap; gap: .3rem; margin: .25rem 0; }
.badges li {
  font-size: .78rem; font-weight: 600; color: var(--mark); background: var(--mark-ground);
  border: 1px solid currentColor; border-radius: 99px; padding: 0 .6rem; margin: 0;
}
.open { color: var(--mark); }
.reading { font-size: .88rem; color: var(--mark); }
.ctl {
  font-size: .72em; color: var(--mark); background: var(--mark-ground); border: 1px solid currentColor;
  border-radius: 3px; padding: 0 .25em; margin: 0 .1em; white-space: nowrap; unicode-bidi: isolate;
  direction: ltr;
}
.a { margin: .5rem 0; }
.a img { display: block; max-width: 100%; max-height: 24rem; border-radius: 8px; border: 1px solid var(--line); }
.a video { display: block; max-width: 100%; max-height: 24rem; }
.a audio { display: block; width: 100%; max-width: 24rem; }
.a figcaption { font-size: .8rem; color: var(--soft); margin-top: .25rem; }
.a .file { color: var(--ink); }
.r {
  display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0;
  padding: .5rem .7rem; background: var(--tint); border-radius: 8px; font-size: .9rem; text-align: start;
}
.r .kind { grid-column: 1 / -1; font-weight: 650; color: var(--ink); }
.r dt { color: var(--soft); }
.r dd { margin: 0; white-space: pre-wrap; min-width: 0; }

.e { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.e .when { color: var(--ink); }
.e .who { margin-inline-start: .4rem; }
.e .no { margin: 0 .2rem; }
.both { border-inline-start: 4px double var(--mark); padding-inline-start: .7rem; }
.events .day h2 { margin: 0; font-size: inherit; }
.events p { margin: .15rem 0; }

.row { margin: .3rem 0; padding-inline-start: .9rem; border-inline-start: 2px solid var(--line); font-size: .92rem; }
.row.bad { border-color: var(--warn); color: inherit; }
.row.bad b { color: var(--warn); }
.row p { margin: .1rem 0; }
.quote { color: var(--soft); font-size: .9em; }
h3.file { margin-top: 1.6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
th, td { text-align: start; vertical-align: top; padding: .45rem .6rem .45rem 0; border-bottom: 1px solid var(--line); font-weight: inherit; }
thead th { color: var(--soft); font-size: .82rem; }
.num { text-align: end; font-variant-numeric: tabular-nums; }
table.files thead th { white-space: nowrap; }
.sum td { font-variant-numeric: tabular-nums; }
.hash { font-size: .82em; color: var(--soft); word-break: break-all; }
.files th[scope=row] { font-family: var(--mono); font-size: .82rem; }
tr:target { background: var(--mark-ground); }
.command {
  background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem;
  white-space: pre-wrap; font-size: .85rem; line-height: 1.45;
}

@media (max-width: 34rem) {
  .facts, .r { grid-template-columns: 1fr; gap: 0; }
  .facts dd, .r dd { margin-bottom: .5rem; }
  .m { max-width: none; width: auto; }
  .no { margin-inline-start: 0; }
  .card { padding: .8rem .9rem; }
  table.files, table.files tbody, table.files tr, table.files td, table.files th[scope=row] { display: block; }
  table.files thead { position: absolute; inset-inline-start: -100vw; }
  table.files tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .files .bytes::after { content: " bytes"; }
  table.files td, table.files th[scope=row] { border: 0; padding: .05rem 0; text-align: start; }
}
@media (prefers-contrast: more) {
  :root { --soft: var(--ink); --line: currentColor; }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #14414f;
    --tint: #f3f3f3; --warn: #7a2f0b; --warn-ground: #fff; --good: #1e4b2f;
    --mark: #533c00; --mark-ground: #fff;
  }
  body { font-size: 10pt; }
  .top, main, .foot { max-width: none; padding-inline: 0; }
  .skip, .site, .pager { display: none; }
  .m, .card, .e, .row, tr { break-inside: avoid; }
  .day, h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  .m .p { font-size: 7.5pt; }
  @page { margin: 18mm 16mm; }
}
)css";
}

}  // namespace forensics::report
