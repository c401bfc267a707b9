/** A calendar day in UTC, as ISO 8601 writes it: `2026-12-15`. */
export type Day = `${number}-${number}-${number}`

const millisecondsOfADay = 86_400_000

/** Whether the text is a day that exists; `2026-02-30` is none. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Days from the first to the second; negative where the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsOfADay)
}

/** The day so many days later. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * millisecondsOfADay).toISOString().slice(0, 10) as Day
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The English name of the day of the week. */
export function weekday(day: Day): string {
  return weekdays[new Date(day).getUTCDay()] ?? ''
}
