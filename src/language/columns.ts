import stringWidth from 'string-width'

/** The columns of a terminal that visible text takes. */
export function columnsOf(shown: string): number {
  // Measuring is slow, and nearly every text is of the first kind.
  return /^[ -~]*$/.test(shown) ? shown.length : stringWidth(shown)
}
