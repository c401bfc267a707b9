/** One article for each override. */
export const details = `
article {
  content-visibility: auto; contain-intrinsic-size: auto 44rem;
  background: var(--card); border: 1px solid var(--rule); border-left: 4px solid var(--accent);
  border-radius: 10px; padding: 1.5rem 1.75rem 1.75rem; margin-top: 1.25rem;
}
article.inactive { contain-intrinsic-size: auto 16rem }
article:target { outline: 2px solid var(--focus); outline-offset: 2px }
h3 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; margin-top: .5rem; overflow-wrap: anywhere }
article.inactive h3 { margin-top: 0 }
h4 { font-size: .875rem; font-weight: 650; margin: 1.5rem 0 .35rem }
.standing { margin-top: .25rem; color: var(--muted) }
blockquote { max-width: 46rem; overflow-wrap: anywhere }
article.inactive blockquote { margin-top: .5rem }
.trail { list-style: none; border-left: 2px solid var(--rule); padding-left: 1.1rem; margin-top: .5rem }
.trail li + li { margin-top: .75rem }
.when { color: var(--muted); font-size: .875rem }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .4rem 2rem; margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); font-size: .9375rem }
.facts div { display: grid; grid-template-columns: 6.5rem 1fr; gap: .75rem }
.facts dt { color: var(--muted) }
.facts dd { min-width: 0; overflow-wrap: anywhere }
.facts ul { list-style: none }
.fares { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; border-top: 1px solid var(--rule); margin-top: 1.25rem }
.fares ul, .change ul { padding-left: 1.1rem; font-size: .9375rem }
.fares li, .change li { margin-top: .3rem }
.fares li::marker, .change li::marker { color: var(--muted) }
p.change { margin-top: 1rem; color: var(--muted) }
p.names { margin-top: 1.5rem; font-weight: 650; overflow-wrap: anywhere }
.commands { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; margin-top: 1.25rem; border-top: 1px solid var(--rule) }
.commands > div { min-width: 0 }
.commands h4 { grid-column: 1 / -1 }
.commands p { font-size: .9375rem; color: var(--muted) }
pre { margin-top: .35rem; padding: .6rem .8rem; border-radius: 7px; background: var(--page); border: 1px solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere }
@media screen and (max-width: 48rem) {
  article { padding: 1.1rem 1.1rem 1.25rem }
  .fares, .commands { grid-template-columns: 1fr }
  .commands > div + div { margin-top: .75rem }
  .facts { grid-template-columns: 1fr }
}
`
