import type { Failing } from '../review/fail-on.ts'
import { failsOn } from '../review/fail-on.ts'
import type { Context } from '../review/forms/heads.ts'
import { reviewJson } from '../review/forms/json.ts'
import { formatMarkdown } from '../review/forms/markdown.ts'
import { formatReview } from '../review/forms/text.ts'
import { pastOf } from '../review/past.ts'
import type { Review } from '../review/review.ts'
import { reviewPolicies } from '../review/review.ts'
import { followHistory } from './history.ts'
import { paintOn } from './show-report.ts'
import { openSides } from './sides.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface DiffOptions extends CommonOptions {
  readonly format: DiffFormat
  readonly head?: string
  readonly failOn?: readonly Failing[]
}

type Form = (review: Review, context: Context, world: World, options: DiffOptions) => string

const forms = {
  text: (review, context, world, options) =>
    formatReview(review, context, paintOn(world, world.stdout, options)),
  markdown: (review, context) => formatMarkdown(review, context),
  json: reviewJson,
} as const satisfies Record<string, Form>

export type DiffFormat = keyof typeof forms

/** Says what happens to mail between two commits, or since a commit. */
export async function diff(
  world: World,
  base: string | undefined,
  options: DiffOptions,
): Promise<Status> {
  const { head } = options
  const range = { ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) }
  const sides = await openSides(world, options, range)
  const review = reviewPolicies(sides.before, sides.after, sides.changed)
  const history =
    review.changes.length > 0
      ? await followHistory(sides.repository, sides.compared.base.commit)
      : undefined
  const context: Context = {
    compared: sides.compared,
    display: sides.folder.display,
    past: ({ old, key }) => pastOf(old?.path, key, history),
  }
  world.stdout.write(forms[options.format](review, context, world, options))
  return failsOn(review, options.failOn ?? []) ? status.found : status.clean
}
