import { jsonText } from '../../language/json-text.ts'
import type { Change } from '../changes.ts'
import type { Past } from '../past.ts'
import type { Review } from '../review.ts'
import type { Treatment } from '../side.ts'
import type { Context } from './heads.ts'

/** The review as `schema/diff.schema.json` describes it. */
export function reviewJson(review: Review, context: Context): string {
  const { baseline, changes, unread, digest } = review
  const { compared, display } = context
  const { base, head, former } = compared
  return jsonText({
    version: 1,
    base: base.commit,
    head: head?.commit ?? null,
    ...(former === undefined ? {} : { movedFrom: former }),
    digest,
    unread: unread.map(({ path, side }) => ({ file: display(path), side })),
    baselineChanged: baseline && {
      settings: baseline.settings,
      verdict: baseline.comparison.verdict,
      exposes: baseline.comparison.exposes,
      stops: baseline.comparison.stops,
      releases: baseline.comparison.releases,
      before: baseline.before,
      after: baseline.after,
      sentences: baseline.sentences,
    },
    changes: changes.map(change => shapeChange(change, context)),
  })
}

function shapeChange(change: Change, { display, past }: Context) {
  const { change: kind, destination, comparison, old, new: next } = change
  const { verdict, exposes, stops, releases } = comparison
  const now = next ?? old
  const file = display(now?.path ?? '')
  const from = display(old?.path ?? '')
  return {
    change: kind,
    destination,
    file,
    ...(old && from !== file && { movedFrom: from }),
    verdict,
    exposes,
    stops,
    releases,
    before: shapeTreatment(change.before),
    after: shapeTreatment(change.after),
    reviewDate: change.reviewDate,
    extendedDays: change.extendedDays,
    fields: change.fields,
    sentences: change.sentences,
    justification: now?.justification,
    owner: now?.owner,
    ticket: now?.ticket,
    history: pastJson(past(change), display),
  }
}

/** What Git knows, as `schema/diff.schema.json` and `schema/explain.schema.json` describe it. */
export function pastJson(past: Past | null, display: (path: string) => string) {
  if (!past) return null
  const { override, overriddenSince, earlier } = past
  return {
    written: override?.written ?? null,
    changed: override?.changed ?? null,
    extensions: override?.extensions ?? 0,
    overriddenSince,
    earlier: earlier.map(({ path, from, until }) => ({ file: display(path), from, until })),
  }
}

/** Null where the destination has no override of its own. */
function shapeTreatment({ by, decision, effect, outcomes }: Treatment) {
  if (by !== 'own' || !decision) return null
  const { policy, parameters } = decision
  return { policy, parameters, effect, outcomes }
}
