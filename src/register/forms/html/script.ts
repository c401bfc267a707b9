/**
 * What the page does by itself: it sorts and filters its table. Without it the page lacks nothing but
 * the controls, which it brings into sight.
 */
export const script = `(() => {
  'use strict'
  const table = document.getElementById('overrides')
  if (!table) return
  const body = table.tBodies[0]
  const rows = Array.from(body.rows, row => {
    const section = document.getElementById(row.dataset.o)
    const said = Array.from(section.querySelectorAll('h3, blockquote, dl'), part => part.textContent)
    const text = [row.textContent, ...said].join(' ').toLowerCase()
    return { row, section, text, states: row.dataset.s.split(' ') }
  })
  const words = document.getElementById('words')
  const state = document.getElementById('state')
  const shown = document.getElementById('shown')
  const all = rows.length.toLocaleString('en')

  function filter() {
    const wanted = words.value.toLowerCase().split(/\\s+/)
    let count = 0
    for (const { row, section, text, states } of rows) {
      const fits =
        (state.value === '' || states.includes(state.value)) &&
        wanted.every(word => text.includes(word))
      if (fits) count += 1
      if (row.hidden === fits) {
        row.hidden = !fits
        section.hidden = !fits
      }
    }
    shown.textContent =
      count === 0 ? 'No override fits' : count.toLocaleString('en') + ' of ' + all + ' overrides shown'
  }

  const collator = new Intl.Collator('en', { numeric: true })
  const heads = Array.from(table.tHead.rows[0].cells)

  // What is unknown comes last in either direction.
  function compare(a, b, direction) {
    if (typeof a === 'string') return collator.compare(a, b) * direction
    if (a === null || b === null) return (a === null) - (b === null)
    return (a - b) * direction
  }

  function sort(index) {
    const head = heads[index]
    const direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1
    const keyed = rows.map(({ row }) => {
      const cell = row.cells[index]
      const key = cell.dataset.k
      const value = key === undefined ? cell.textContent : key === '' ? null : Number(key)
      return { row, value }
    })
    keyed.sort((a, b) => compare(a.value, b.value, direction))
    body.append(...keyed.map(({ row }) => row))
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending')
  }

  heads.forEach((head, index) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    button.addEventListener('click', () => sort(index))
    head.append(button)
  })
  words.addEventListener('input', filter)
  state.addEventListener('change', filter)
  // A link to what is hidden brings everything back.
  addEventListener('hashchange', () => {
    const target = document.getElementById(location.hash.slice(1))
    if (!target || !target.hidden) return
    words.value = state.value = ''
    filter()
    target.scrollIntoView()
  })
  document.getElementById('controls').hidden = false
  // A browser that restores the page restores what was typed.
  filter()
})()
`
