// Loaded before the tool, so that no test depends on the day on which it runs.
const RealDate = Date
const day = RealDate.parse('2026-11-22T12:00:00Z')

globalThis.Date = class extends RealDate {
  /** @param {[] | [number]} args */
  constructor(...args) {
    super(args[0] ?? day)
  }
  static now() {
    return day
  }
}
