import { createHash } from 'node:crypto'
import type { Register } from '../../register.ts'
import { headOf } from './head.ts'
import type { Html } from './markup.ts'
import { html, trusted } from './markup.ts'
import { script } from './script.ts'
import { inactiveOf, sectionsOf } from './sections.ts'
import { style } from './style.ts'
import { tableOf } from './table.ts'
import { timelineOf } from './timeline.ts'

/**
 * The register as one HTML page that asks for nothing from outside: its policy (CSP level 3) admits its
 * own style and its own script, by their hashes, and nothing else. `display` gives a path inside the
 * policies folder as the user would write it.
 */
export function formatHtml(register: Register, display: (path: string) => string): string {
  const hasActive = register.overrides.length > 0
  const hasInactive = register.inactive.length > 0
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>TLS policy overrides on ${register.asOf}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the overrides</a>
${headOf(register)}${navigation(hasActive, hasInactive)}<main id="main" tabindex="-1">
${hasActive ? activeOf(register, display) : null}${hasInactive ? resting(register, display) : null}</main>
<footer><p>Made by tlspolicy from the policies on ${register.asOf}. Days are calendar days in UTC; a review date is the last day on which a decision stands without another look. Nothing expires by itself: mail flows as the table says until somebody changes it.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`.html
}

/** `'sha256-…'` of the very text between the tags. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function navigation(hasActive: boolean, hasInactive: boolean): Html | null {
  if (!hasActive && !hasInactive) return null
  return html`<nav aria-label="Parts of the page"><ul>${
    hasActive
      ? html`<li><a href="#timeline">Timeline</a></li><li><a href="#table">Table</a></li><li><a href="#details">Details</a></li>`
      : null
  }${hasInactive ? html`<li><a href="#inactive">Inactive</a></li>` : null}</ul></nav>
`
}

function activeOf(register: Register, display: (path: string) => string): Html {
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
${timelineOf(register)}</section>
<section aria-labelledby="table"><h2 id="table">Table</h2>
${controls}${tableOf(register)}</section>
<section aria-labelledby="details"><h2 id="details">Details</h2>
${sectionsOf(register, display)}</section>
`
}

const controls = html`<div id="controls" role="search" aria-label="Overrides" hidden>
<div><label for="words">Search</label><input id="words" type="search" autocomplete="off" spellcheck="false" placeholder="destination, owner, reason"></div>
<div><label for="state">Status</label><select id="state"><option value="">All</option><option value="emergency">Emergency</option><option value="beyond">Beyond grace</option><option value="overdue">Overdue</option><option value="due">Due</option><option value="current">Current</option></select></div>
<p id="shown" role="status"></p>
</div>
`

function resting(register: Register, display: (path: string) => string): Html {
  return html`<section aria-labelledby="inactive"><h2 id="inactive">Inactive</h2>
<p class="lead">These are in no table, so that mail goes as if they were not there; none is ever overdue.</p>
${inactiveOf(register, display)}</section>
`
}
