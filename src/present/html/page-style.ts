/** The style sheet of the page without its charts: light, dark, phone and paper. */

const LIGHT = {
  paper: '#f5f6f8',
  card: '#ffffff',
  ink: '#1a1f26',
  muted: '#565e6b',
  rule: '#e0e3e8',
  link: '#00568a',
  'good-ink': '#005b75',
  'good-wash': '#e2f2f7',
  'warning-ink': '#7a5200',
  'warning-wash': '#fdf4df',
  'bad-ink': '#9d1a25',
  'bad-wash': '#fcecec',
};
const DARK = {
  paper: '#0f1216',
  card: '#181c22',
  ink: '#e8ebef',
  muted: '#a9b1bd',
  rule: '#2b313a',
  link: '#7cc3f2',
  'good-ink': '#79d2ea',
  'good-wash': '#0f303b',
  'warning-ink': '#f0c764',
  'warning-wash': '#332a14',
  'bad-ink': '#ff9a9e',
  'bad-wash': '#3a1a1d',
};

const properties = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const pageStyle: string = `
:root{color-scheme:light dark;${properties(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${properties(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main,footer{max-width:58rem;margin:0 auto;padding:0 clamp(1rem,4vw,2rem)}
main{padding-top:clamp(1rem,4vw,2.5rem)}
h1,h2,h3,p,ul,ol,dl,figure{margin:0}
h1{display:flex;gap:.9rem;align-items:flex-start;font-size:clamp(1.5rem,1.1rem + 2vw,2.25rem);line-height:1.2;font-weight:680;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin-bottom:.9rem}
h3{font-size:1rem;line-height:1.4;font-weight:600}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
section{margin:0 0 1rem;padding:clamp(1.1rem,3vw,1.75rem);background:var(--card);border:1px solid var(--rule);border-radius:12px}
.lesser{color:var(--muted);font-size:.875rem}
.verdict{padding:.5rem 0 1.75rem}
.brand{color:var(--muted);font-size:.875rem;margin-bottom:1.25rem;font-weight:650}
.brand span{font-weight:400;margin-left:.75rem}
.mark{flex:none;width:1.15em;height:1.15em;margin-top:.03em}
.mark circle{fill:var(--tone-bad)}
.good .mark circle{fill:var(--tone-good)}
.warning .mark circle{fill:var(--tone-warning)}
.mark path{fill:none;stroke:var(--card);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.lead{margin-top:.75rem;font-size:1.125rem;font-weight:600}
.lead.bad{color:var(--bad-ink)}
.lead.warning{color:var(--warning-ink)}
.lead.good{color:var(--good-ink)}
.advice{margin-top:1.1rem;padding:.9rem 1.1rem;border-radius:10px;background:var(--warning-wash);color:var(--ink)}
.bad .advice{background:var(--bad-wash)}
.advice p+p{margin-top:.4rem}
.outcomes{display:grid;grid-template-columns:repeat(5,1fr);gap:1rem;list-style:none;padding:0;margin-top:1.1rem}
.outcomes:has(:nth-child(6)){grid-template-columns:repeat(3,1fr)}
.outcomes b{font-size:1.375rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.outcomes .chart-key{margin-inline-end:.45rem}
.outcomes .lesser{white-space:nowrap}
.outcomes .none b,.outcomes .none .name{color:var(--muted);font-weight:400}
.outcomes .name{display:block;font-size:.875rem;line-height:1.35;margin-top:.2rem}
.chart-legend{font-size:.875rem}
#next ol{padding-left:1.35rem}
#next li+li{margin-top:.5rem}
#next code{display:inline-block;max-width:100%}
nav ul{display:flex;flex-wrap:wrap;gap:.4rem 1.1rem;list-style:none;padding:.5rem 0 1.25rem;font-size:.875rem}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.finding{display:grid;grid-template-columns:1fr auto;gap:.15rem 1.25rem;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--tone-quiet)}
.finding.error{border-color:var(--tone-bad)}
.finding.warning{border-color:var(--tone-warning)}
.finding+.finding{margin-top:1.5rem}
.finding h3{text-wrap:pretty}
.finding p,.finding h3{grid-column:1/-1}
.finding h3{grid-column:1}
.finding .count{grid-column:2;grid-row:1;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.fix b,.advice b{font-weight:650}
.fix b{display:inline-block;padding:0 .5em;margin-right:.35em;border-radius:5px;background:var(--good-wash);color:var(--good-ink);font-size:.8125rem}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--link);font-size:.9375rem;padding:.35rem 0}
details[open]>summary{margin-bottom:.75rem}
dd details{margin-top:0}
.cards{columns:18rem 2;column-gap:2.25rem;margin-bottom:-1.75rem}
.card{break-inside:avoid;padding-bottom:2rem}
h3 code{font-weight:650}
.card h3{margin-bottom:.6rem}
.card h3 .lesser{font-weight:400;margin-left:.35rem}
figure+figure{margin-top:.9rem}
figcaption{margin-bottom:.15rem}
#logins figure{margin-top:1.5rem}
#logins figcaption{margin-bottom:.75rem;font-weight:600}
#hashers .chart{margin-top:.7rem}
#strength p,#logins p,#canaries p{margin-top:.6rem}
#strength .chart{margin-bottom:.9rem}
#strength .chart-legend{flex-direction:column}
table{width:100%;margin-top:1rem;border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}
th,td{padding:.5rem 0 .5rem .9rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule);font-weight:400}
thead th{color:var(--muted);font-size:.8125rem;vertical-align:bottom;white-space:nowrap}
th:first-child{padding-left:0;text-align:left}
td{white-space:nowrap}
.badge{display:inline-block;padding:0 .5em;border-radius:5px;background:var(--bad-wash);color:var(--bad-ink);font-size:.75rem;font-weight:600;white-space:nowrap}
.facts>div{display:grid;grid-template-columns:9rem 1fr;gap:.1rem 1rem;padding:.45rem 0;border-bottom:1px solid var(--rule)}
.facts>div:last-child{border:0}
dt{color:var(--muted)}
dd{margin:0}
dd ul{padding-left:1.2rem}
.moods{list-style:none;padding:0}
.moods li{font-weight:600}
.moods .good{color:var(--good-ink)}
.moods .warning{color:var(--warning-ink)}
.moods .bad{color:var(--bad-ink)}
footer{padding-top:.75rem;padding-bottom:3rem;color:var(--muted);font-size:.8125rem}
@media (max-width:34rem){
.finding{grid-template-columns:1fr}
.finding .count{grid-column:1;grid-row:auto;color:var(--muted);font-size:.875rem}
.facts>div{grid-template-columns:1fr}
.brand span{display:block;margin:.15rem 0 0}
thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}
table,tbody,tr,th,td{display:block}
tr{display:grid;grid-template-columns:1fr 1.1fr 1.1fr 1fr;gap:.35rem .75rem;padding:.7rem 0;border-bottom:1px solid var(--rule)}
tbody th{grid-column:1/-1}
th,td{padding:0;border:0;text-align:left}
td::before{content:attr(data-name);display:block;color:var(--muted);font-size:.75rem}
.outcomes,.outcomes:has(:nth-child(6)){grid-template-columns:1fr;gap:.45rem}
.outcomes li{display:flex;align-items:baseline;gap:.5rem}
.outcomes b{font-size:1rem}
.outcomes .chart-key{margin:0;flex:none}
.outcomes .name{order:1;flex:1;margin:0}
.outcomes b{order:2}
.outcomes .lesser{order:3;width:3.6rem;text-align:right}
}
@media print{
@page{margin:16mm 14mm}
:root{color-scheme:light;--paper:#fff}
body{font-size:10.5pt}
main,footer{max-width:none;padding:0}
nav,summary{display:none}
details{margin:1.5rem 0 0}
#strength .chart{break-after:avoid}
details::details-content{content-visibility:visible;display:block;block-size:auto;opacity:1}
section{border:0;border-top:1px solid var(--rule);border-radius:0;padding:1rem 0;margin:0}
h1,h2,h3,thead,figcaption,.chart-legend{break-after:avoid;break-inside:avoid}
.finding,.card,figure,tr,.facts>div,li,.advice,.outcomes{break-inside:avoid}
.advice,.badge,.fix b,.mark,.finding{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}
}
`;
