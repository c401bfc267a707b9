/** So many faults of one rule are kept for one file: what makes more of them is one mistake. */
const keptOfEach = 10

interface Countable {
  readonly rule: string
  readonly path: string
  readonly message: string
}

/** The faults, but of each rule and file the first few; the last of these says how many there are more. */
export function* withoutFloods<Fault extends Countable>(faults: Iterable<Fault>): Iterable<Fault> {
  const lasts = new Map<string, { readonly fault: Fault; more: number }>()
  const counts = new Map<string, number>()
  for (const fault of faults) {
    const kind = `${fault.rule} ${fault.path}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const last = lasts.get(kind)
    if (count < keptOfEach) yield fault
    else if (last) last.more += 1
    else lasts.set(kind, { fault, more: 0 })
  }
  for (const { fault, more } of lasts.values())
    yield more === 0
      ? fault
      : { ...fault, message: `${fault.message} (and ${more} more of this rule in this file)` }
}
