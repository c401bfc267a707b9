import { colours } from './style-colours.ts'
import { details } from './style-details.ts'
import { drawing } from './style-drawing.ts'
import { print } from './style-print.ts'

const base = `
* { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100% }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
body {
  margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 73rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, blockquote, pre { margin: 0; padding: 0 }
h1 { font-size: 2.25rem; line-height: 1.15; font-weight: 650; letter-spacing: -.02em }
h2 { font-size: 1.35rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; margin: 0 0 1rem }
a { color: var(--link); text-underline-offset: .2em; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent) }
a:hover { text-decoration-color: currentColor }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px }
main:focus { outline: none }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: .875em }
i { font-style: normal }
time { white-space: nowrap }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); z-index: 3 }
.skip:focus { top: .5rem }
.none { color: var(--muted) }
.over { color: var(--muted); margin-bottom: .35rem }
.lead { color: var(--muted); font-size: 1.1rem; max-width: 46rem; margin-top: .6rem }
section { margin-top: 3.5rem }
section > .lead { font-size: 1rem; margin: 0 0 1rem }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin-top: 1.5rem }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--muted); font-size: .875rem }
footer p { max-width: 46rem }
.totals { display: grid; grid-template-columns: repeat(6, 1fr); margin-top: 2rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--card) }
.totals div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 1rem 1.25rem; border-left: 1px solid var(--rule) }
.totals div:first-child { border-left: 0 }
.totals dt { color: var(--muted); font-size: .875rem }
.totals dd { font-size: 2rem; line-height: 1.2; font-weight: 600; letter-spacing: -.02em; color: var(--accent, var(--text)) }
.totals .zero dd { color: var(--muted); font-weight: 400 }
.mark { display: inline-block; padding: .1em .6em; border-radius: 1em; font-size: .8125rem; font-weight: 600; white-space: nowrap; color: var(--accent); background: var(--tint) }
.mark i { margin-right: .4em; font-size: .85em }
.mark.beyond { color: var(--card); background: var(--accent) }
`

const table = `
#controls { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1.25rem; margin-bottom: 1rem }
#controls[hidden], [hidden] { display: none }
#controls label { display: block; margin-bottom: .2rem; font-size: .875rem; color: var(--muted) }
#controls div:first-child { flex: 0 1 24rem }
#shown { margin-left: auto; color: var(--muted); font-size: .875rem; padding-bottom: .4rem }
input, select { font: inherit; font-size: 1rem; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: .4rem .65rem; width: 100%; min-height: 2.5rem }
::placeholder { color: var(--muted); opacity: 1 }
#overrides, #overrides thead, #overrides tbody, #overrides caption { display: block }
#overrides { font-size: .9rem; line-height: 1.45 }
#overrides tr { display: grid; gap: 0 .6rem; grid-template-columns: 7.75rem 5.75rem 3.75rem minmax(0, 1.4fr) minmax(0, 1.15fr) 4.75rem minmax(0, 1fr) 4.75rem 5.9rem }
#overrides tbody tr { content-visibility: auto; contain-intrinsic-size: auto 4.25rem; padding: .6rem .5rem; border-top: 1px solid var(--rule) }
#overrides tbody tr:hover { background: var(--card) }
#overrides tbody tr:first-child { border-top: 0 }
#overrides tr[hidden] { display: none }
#overrides thead { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); font-weight: 600 }
#overrides thead tr { align-items: end; padding: .5rem }
caption { text-align: left; color: var(--muted); font-size: .875rem; padding-bottom: .4rem }
th, td { min-width: 0; padding: 0; text-align: left; font-weight: inherit; overflow-wrap: anywhere }
#overrides .mark { margin-bottom: .2rem }
#overrides .left, #overrides .since, #overrides .moved { text-align: right }
#overrides .left { padding-right: .6rem }
#overrides tbody .names { font-weight: 600 }
#overrides tbody .names .name { display: inline-block; text-decoration: inherit }
#overrides tbody .names .none { font-weight: 400 }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; margin: 0; cursor: pointer; text-align: inherit }
th button::after { content: "↕"; margin-left: .3em; color: var(--muted); font-weight: 400 }
th[aria-sort=ascending] button::after { content: "↑"; color: inherit }
th[aria-sort=descending] button::after { content: "↓"; color: inherit }
th button:hover { text-decoration: underline; text-underline-offset: .2em }
`

/** On a narrow screen the table keeps what is due when; the rest is in the article of each override. */
const narrow = `
@media screen and (max-width: 62rem) {
  #overrides .since, #overrides .moved, #overrides .effect { display: none }
  #overrides tr { grid-template-columns: 7.75rem 5.75rem 3.75rem minmax(0, 1.5fr) minmax(0, 1.25fr) minmax(0, 1fr) }
}
@media screen and (max-width: 48rem) {
  body { padding: 1.5rem 1rem 3rem }
  h1 { font-size: 1.75rem }
  .totals { grid-template-columns: repeat(3, 1fr) }
  .totals div { padding: .75rem 1rem }
  .totals div:nth-child(3n + 1) { border-left: 0 }
  .totals div:nth-child(n + 4) { border-top: 1px solid var(--rule) }
  .totals dd { font-size: 1.5rem }
  #overrides .policy, #overrides .owner { display: none }
  #overrides tr { grid-template-columns: 7.5rem 5.75rem 3.75rem minmax(0, 1fr) }
}
@media screen and (max-width: 34rem) {
  #overrides .left { display: none }
  #overrides tr { grid-template-columns: 7.5rem 5.75rem minmax(0, 1fr) }
}
`

/** The style of the page, as it stands between its tags. */
export const style = [colours, base, table, drawing, details, narrow, print].join('')
