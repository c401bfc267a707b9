const hour = 60 * 60 * 1000

/** A time of a log in milliseconds; undefined where it has none. Syslog's have no year: 2024 stands for it. */
export function momentOf(time: string): number | undefined {
  const text = isYearless(time)
    ? `${time.replace(/^(\w+) +(\d+)/, '$1 $2 2024')} UTC`
    : time.replace(',', '.').replace(' ', 'T')
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : moment
}

/** Whether a time lies before another; of times that cannot be compared the log's order is believed. */
export function isBefore(time: string, other: string, by = 0): boolean {
  if (time === other || isYearless(time) !== isYearless(other)) return false
  const [one, two] = [momentOf(time), momentOf(other)]
  if (one === undefined || two === undefined) return false
  const distance = two - one
  // December comes before January.
  const isTurned = isYearless(time) && Math.abs(distance) > 183 * 24 * hour
  return (isTurned ? -distance : distance) > by
}

/** Whether a log goes back in time here, more than clocks and processes differ. */
export function goesBack(time: string, latest: string): boolean {
  return isBefore(time, latest, hour)
}

function isYearless(time: string): boolean {
  return /^[A-Z]/.test(time)
}
