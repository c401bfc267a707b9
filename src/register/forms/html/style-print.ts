/** On paper: everything is there, nothing is cut, and what only a screen can do is left out. */
export const print = `
@media print {
  @page { margin: 14mm }
  :root { --page: #ffffff }
  html { font-size: 9.5pt }
  body { padding: 0; max-width: none }
  nav, .skip, #controls { display: none }
  a { color: inherit }
  section { margin-top: 2rem }
  h2, h3, h4 { break-after: avoid }
  article, .totals, .commands, .fares, tr, pre, svg { break-inside: avoid }
  article { content-visibility: visible; contain-intrinsic-size: none; border-color: #bbb; border-left-color: var(--accent) }
  .scroll { overflow: visible; padding: 0; border: 0 }
  svg { min-width: 0 }
  #overrides { display: table; width: 100%; border-collapse: collapse; font-size: 8pt }
  #overrides caption { display: table-caption }
  #overrides thead { display: table-header-group; position: static }
  #overrides tbody { display: table-row-group }
  #overrides tr { display: table-row }
  #overrides th, #overrides td { padding: 3pt 6pt 3pt 0; vertical-align: top; border-top: 1px solid var(--rule) }
  #overrides .since, #overrides .moved, #overrides .effect { display: none }
  #overrides th button::after { content: none }
  .mark, article, svg, .totals { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
