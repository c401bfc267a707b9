/** The timeline and its legend. */
export const drawing = `
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1rem 1.25rem }
svg { display: block; width: 100%; min-width: 46rem; height: auto; font-size: 12.5px }
svg text { fill: var(--text) }
svg .grid path { stroke: var(--rule); stroke-width: 1 }
svg .grid text, svg .ends, svg .count, svg .heading { fill: var(--muted) }
svg .grid text, svg .count { font-size: 11px }
svg .heading { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round }
svg rect:not([fill]) { fill: var(--accent) }
svg stop { stop-color: var(--accent) }
svg g > path, svg g > circle { fill: var(--accent) }
svg .over { stroke: var(--accent); stroke-width: 2; stroke-dasharray: 2 4; fill: none }
svg circle.open { fill: var(--card); stroke: var(--accent); stroke-width: 2 }
svg .edge { fill: none; stroke: var(--accent); stroke-width: 2 }
svg .rule { stroke: var(--line); fill: none }
svg .overdue .ends { fill: var(--accent); font-weight: 600 }
svg .today path { stroke: var(--text); stroke-width: 1.5; fill: none }
svg .today text { font-weight: 600 }
svg .label.emergency { fill: var(--accent); font-weight: 600 }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin-top: .75rem; color: var(--muted); font-size: .875rem }
.legend i { color: var(--accent, var(--muted)) }
`
